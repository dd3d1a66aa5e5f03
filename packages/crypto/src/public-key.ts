/*
 * X25519 public keys (RFC 7748).
 *
 * A key is accepted only in its one canonical encoding, below p = 2^255 − 19 with bit 255 clear: X25519 itself
 * ignores that bit and reduces, so that several texts would name one key, and pins and key ids would disagree about
 * it. The points of low order are refused too: with them every shared secret is zero, which anyone can compute.
 */
import { sha512 } from "@noble/hashes/sha2.js";
import { decodeBase64 } from "./base64.ts";
import { assertLength, equalBytes, hasBytesAt, type Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";

declare const publicKeyBrand: unique symbol;

/** 32 bytes that have passed `parsePublicKey`, or were computed from a secret key here. Never write into one. */
export type PublicKey = Bytes & { readonly [publicKeyBrand]: true };

export const publicKeyBytes = 32;
export const keyIdBytes = 8;

/** The canonical encodings, little-endian, of the x coordinates whose order divides 8, on the curve or its twist. */
const lowOrderPoints = [
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  "4Ot6fDtBuK4WVuP68Z/EatoJjeucMrH9hmIFFl9JuAA=",
  "X5yVvKNQjCSx0LFVnIPvWwREXMRYHI6G2CJO3dCfEVc=",
  "7P///////////////////////////////////////38=",
].map(decodeBase64);

const prime = decodeBase64("7f///////////////////////////////////////38=");

function isBelowPrime(bytes: Uint8Array): boolean {
  for (let index = publicKeyBytes - 1; index >= 0; index--) {
    const [byte = 0, limit = 0] = [bytes[index], prime[index]];
    if (byte !== limit) return byte < limit;
  }
  return false;
}

/**
 * Takes 32 bytes, or their base64, as another person's public key. The result is a copy.
 * @throws CryptoError `bad-base64`, `bad-length`, `non-canonical-public-key`, `low-order-public-key`
 */
export function parsePublicKey(input: Uint8Array | string): PublicKey {
  const bytes = typeof input === "string" ? decodeBase64(input) : Uint8Array.from(input);
  assertLength(bytes, publicKeyBytes, "A public key");
  if (!isBelowPrime(bytes)) {
    throw new CryptoError(
      "non-canonical-public-key",
      "The public key is not in its canonical form (it must be below 2^255 − 19)",
    );
  }
  if (lowOrderPoints.some((point) => equalBytes(point, bytes))) {
    throw new CryptoError(
      "low-order-public-key",
      "The public key is a point of low order and protects nothing",
    );
  }
  return bytes as PublicKey;
}

/** A pure function's memory: the hash is half the cost of checking an envelope. Goes with its key. */
const keyIds = new WeakMap<PublicKey, Bytes>();

function heldKeyId(publicKey: PublicKey): Bytes {
  let id = keyIds.get(publicKey);
  if (!id) {
    id = sha512(publicKey).slice(0, keyIdBytes);
    keyIds.set(publicKey, id);
  }
  return id;
}

/** The first 8 bytes of SHA-512 of the public key: enough to tell keys apart, not to vouch for one. */
export function keyId(publicKey: PublicKey): Bytes {
  return heldKeyId(publicKey).slice();
}

export function hasKeyIdAt(bytes: Uint8Array, offset: number, publicKey: PublicKey): boolean {
  return hasBytesAt(bytes, offset, heldKeyId(publicKey));
}

export function writeKeyId(bytes: Uint8Array, offset: number, publicKey: PublicKey): void {
  bytes.set(heldKeyId(publicKey), offset);
}
