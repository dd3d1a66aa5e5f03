import nacl from "tweetnacl";
import { assertLength, type Bytes } from "./bytes.ts";
import type { PublicKey } from "./public-key.ts";

declare const secretKeyBrand: unique symbol;

/** 32 bytes: an X25519 secret key, as the random bytes it was made from (X25519 clamps them when used). */
export type SecretKey = Bytes & { readonly [secretKeyBrand]: true };

export type KeyPair = { publicKey: PublicKey; secretKey: SecretKey };

export const secretKeyBytes = 32;

/** A new X25519 key pair from the system's random numbers. */
export function generateKeyPair(): KeyPair {
  const seed = nacl.randomBytes(secretKeyBytes);
  const keyPair = keyPairFromSecretKey(seed);
  seed.fill(0);
  return keyPair;
}

/**
 * The key pair of a secret key, which is copied.
 * @throws CryptoError `bad-length` unless it has 32 bytes
 */
export function keyPairFromSecretKey(bytes: Uint8Array): KeyPair {
  assertLength(bytes, secretKeyBytes, "A secret key");
  const secretKey = Uint8Array.from(bytes) as SecretKey;
  // A clamped multiple of the base point is canonical and has the full prime order, so the brand is earned.
  const publicKey = Uint8Array.from(nacl.scalarMult.base(secretKey)) as PublicKey;
  return { publicKey, secretKey };
}
