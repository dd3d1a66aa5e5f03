/*
 * What the server may know of cryptography: whether a key is sound, whether text is base64, what an envelope says on
 * its outside. Nothing reachable from here can seal or open; a test walks the imports and holds that.
 */
export { decodeBase64, encodeBase64 } from "./base64.ts";
export type { Bytes } from "./bytes.ts";
export {
  assertEnvelope,
  bodyMaxBytes,
  envelopeMaxBytes,
  envelopeMinBytes,
  parseEnvelopeHead,
  type EnvelopeHead,
  type EnvelopeKeys,
} from "./envelope-head.ts";
export { CryptoError, type CryptoErrorCode } from "./errors.ts";
export { keyId, keyIdBytes, parsePublicKey, publicKeyBytes, type PublicKey } from "./public-key.ts";
