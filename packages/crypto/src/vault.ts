/*
 * Vault slots: the account's secret key, sealed under a key that the server never has. There is one slot under the
 * password (through OPAQUE's export key) and one under the recovery key.
 *
 *   slot  = header 4 | nonce 24 | secretbox(inner)             112 bytes
 *   header= "SV" | version 1 | kind: 1 password, 2 recovery
 *   inner = header 4 | public key 32 | secret key 32
 *
 *   password wrapping key = SHA-512("sotto/vault/password/v1\0" | OPAQUE export key 64), first 32 bytes
 *   recovery wrapping key = SHA-512("sotto/recovery/wrap/v1\0"  | recovery key 32),      first 32 bytes
 *   recovery proof        = SHA-512("sotto/recovery/proof/v1\0" | recovery key 32),      first 32 bytes
 *
 * The server shows a slot and a public key together. Both are bound inside, so it can neither hand out the slot of
 * the other kind or of another account, nor have someone use a secret key under a public key that is not its own.
 */
import nacl from "tweetnacl";
import { assertLength, concatBytes, type Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";
import { domainHash } from "./hash.ts";
import { keyPairFromSecretKey, secretKeyBytes, type KeyPair } from "./key-pair.ts";
import { publicKeyBytes, type PublicKey } from "./public-key.ts";
import { recoveryKeyBytes } from "./recovery-key.ts";
import { openSecretbox, sealSecretbox, secretboxFixedBytes } from "./secretbox.ts";

declare const wrappingKeyBrand: unique symbol;

export type VaultSlot = "password" | "recovery";

/** 32 bytes that open slots of this kind. */
export type WrappingKey<Slot extends VaultSlot = VaultSlot> = Bytes & { readonly [wrappingKeyBrand]: Slot };

const magic = [0x53, 0x56];
const version = 1;
const kinds = { password: 1, recovery: 2 } as const satisfies Record<VaultSlot, number>;
const headerBytes = 4;
const exportKeyBytes = 64;

/** Length of every vault slot. */
export const vaultSlotBytes =
  headerBytes + secretboxFixedBytes + headerBytes + publicKeyBytes + secretKeyBytes;

/**
 * The wrapping key of the password slot, from OPAQUE's export key (64 bytes, decoded).
 * @throws CryptoError `bad-length`
 */
export function passwordSlotKey(exportKey: Uint8Array): WrappingKey<"password"> {
  assertLength(exportKey, exportKeyBytes, "An OPAQUE export key");
  return domainHash("sotto/vault/password/v1", 32, exportKey) as WrappingKey<"password">;
}

/**
 * The wrapping key of the recovery slot, from the recovery key (32 bytes).
 * @throws CryptoError `bad-length`
 */
export function recoverySlotKey(recoveryKey: Uint8Array): WrappingKey<"recovery"> {
  assertLength(recoveryKey, recoveryKeyBytes, "A recovery key");
  return domainHash("sotto/recovery/wrap/v1", 32, recoveryKey) as WrappingKey<"recovery">;
}

/**
 * 32 bytes that show the server that someone has the recovery key, without opening anything. The server keeps their
 * SHA-256.
 * @throws CryptoError `bad-length`
 */
export function recoveryProof(recoveryKey: Uint8Array): Bytes {
  assertLength(recoveryKey, recoveryKeyBytes, "A recovery key");
  return domainHash("sotto/recovery/proof/v1", 32, recoveryKey);
}

/** Seals an account's key pair into a slot of `vaultSlotBytes`. */
export function sealVaultSlot<Slot extends VaultSlot>(input: {
  slot: Slot;
  // Not inferred from the key: a recovery key must not widen a password slot to "either".
  wrappingKey: WrappingKey<NoInfer<Slot>>;
  keyPair: KeyPair;
}): Bytes {
  const header = encodeHeader(input.slot);
  const inner = concatBytes(header, input.keyPair.publicKey, input.keyPair.secretKey);
  const sealed = sealSecretbox(input.wrappingKey, header, inner);
  inner.fill(0);
  return sealed;
}

/**
 * Opens a slot and makes sure that it holds the secret of `publicKey`.
 * @throws CryptoError `bad-slot` (not a slot, the other kind, another key inside), `unknown-version`, `cannot-open`
 *   (wrong password or recovery key, or altered)
 */
export function openVaultSlot<Slot extends VaultSlot>(input: {
  slot: Slot;
  // Not inferred from the key: a recovery key must not widen a password slot to "either".
  wrappingKey: WrappingKey<NoInfer<Slot>>;
  publicKey: PublicKey;
  sealed: Uint8Array;
}): KeyPair {
  const { slot, sealed, publicKey } = input;
  const header = encodeHeader(slot);
  if (sealed.length !== vaultSlotBytes || sealed[0] !== header[0] || sealed[1] !== header[1]) {
    throw new CryptoError("bad-slot", "These bytes are not a vault slot");
  }
  if (sealed[2] !== version) {
    throw new CryptoError(
      "unknown-version",
      `Vault slot version ${sealed[2]} is not known here, only ${version}`,
    );
  }
  if (sealed[3] !== header[3]) throw new CryptoError("bad-slot", `This is not the ${slot} slot of a vault`);

  const inner = openSecretbox(input.wrappingKey, sealed.subarray(headerBytes), `The ${slot} slot`);
  try {
    const secretAt = headerBytes + publicKeyBytes;
    if (!nacl.verify(inner.subarray(0, secretAt), concatBytes(header, publicKey))) {
      throw new CryptoError("bad-slot", "The slot was sealed for another account key");
    }
    const keyPair = keyPairFromSecretKey(inner.subarray(secretAt));
    if (!nacl.verify(keyPair.publicKey, publicKey)) {
      keyPair.secretKey.fill(0);
      throw new CryptoError(
        "bad-slot",
        "The secret key in the slot does not belong to the account's public key",
      );
    }
    return keyPair;
  } finally {
    inner.fill(0);
  }
}

function encodeHeader(slot: VaultSlot): Bytes {
  return Uint8Array.of(...magic, version, kinds[slot]);
}
