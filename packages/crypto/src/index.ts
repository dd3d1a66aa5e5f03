/*
 * Everything that Sotto's devices do with secrets. Nonces are made inside, keys are branded types that only the
 * functions here give out, and whatever is wrong with an input is said by a `CryptoError` with a literal `code`.
 */
export {
  accountDataKey,
  accountDataMaxBytes,
  openAccountData,
  sealAccountData,
  type AccountDataKey,
} from "./account-data.ts";
export { createKeyring, type Keyring, type SharedKey } from "./agreement.ts";
export { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from "./base64.ts";
export type { Bytes } from "./bytes.ts";
export type { EnvelopeContext } from "./context.ts";
export {
  assertEnvelope,
  bodyMaxBytes,
  envelopeMaxBytes,
  envelopeMinBytes,
  parseEnvelopeHead,
  type EnvelopeHead,
  type EnvelopeKeys,
} from "./envelope-head.ts";
export {
  deviceBytes,
  hashEnvelope,
  openEnvelope,
  previousBytes,
  sealEnvelope,
  type EnvelopeContent,
  type OpenedEnvelope,
  type OpenEnvelopeInput,
  type SealEnvelopeInput,
} from "./envelope.ts";
export { CryptoError, type CryptoErrorCode } from "./errors.ts";
export {
  generateKeyPair,
  keyPairFromSecretKey,
  secretKeyBytes,
  type KeyPair,
  type SecretKey,
} from "./key-pair.ts";
export { isPaddedLength, paddedLength, paddingFloorBytes } from "./padding.ts";
export { keyId, keyIdBytes, parsePublicKey, publicKeyBytes, type PublicKey } from "./public-key.ts";
export { openRecord, randomBytes, sealRecord } from "./record.ts";
export {
  formatRecoveryKey,
  generateRecoveryKey,
  parseRecoveryKey,
  recoveryKeyBytes,
} from "./recovery-key.ts";
export { safetyNumber, safetyNumberGroups, type Person } from "./safety-number.ts";
export {
  openVaultSlot,
  passwordSlotKey,
  recoveryProof,
  recoverySlotKey,
  sealVaultSlot,
  vaultSlotBytes,
  type VaultSlot,
  type WrappingKey,
} from "./vault.ts";
