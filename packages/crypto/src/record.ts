/*
 * Records of the local store: "SR" | version 1 | nonce 24 | secretbox (XSalsa20-Poly1305) of the bytes.
 * Nothing is bound and nothing padded: who can swap records on the device can also roll the whole store back.
 */
import nacl from "tweetnacl";
import { assertLength, type Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";
import { openSecretbox, sealSecretbox, secretboxFixedBytes } from "./secretbox.ts";

const head = Uint8Array.of(0x53, 0x52, 1);

/** `length` bytes from the system's random numbers. */
export function randomBytes(length: number): Bytes {
  return Uint8Array.from(nacl.randomBytes(length));
}

/**
 * Seals under a key of 32 bytes, with a fresh nonce. 43 bytes longer than `bytes`.
 * @throws CryptoError `bad-length` when the key is not 32 bytes
 */
export function sealRecord(key: Uint8Array, bytes: Uint8Array): Bytes {
  assertLength(key, nacl.secretbox.keyLength, "A storage key");
  return sealSecretbox(key, head, bytes);
}

/** @throws CryptoError `bad-length`, `bad-record`, `unknown-version`, `cannot-open` */
export function openRecord(key: Uint8Array, sealed: Uint8Array): Bytes {
  assertLength(key, nacl.secretbox.keyLength, "A storage key");
  if (sealed.length < head.length + secretboxFixedBytes || sealed[0] !== head[0] || sealed[1] !== head[1]) {
    throw new CryptoError("bad-record", "These bytes are not a sealed record");
  }
  if (sealed[2] !== head[2])
    throw new CryptoError("unknown-version", `Record version ${sealed[2]} is not known here`);
  return openSecretbox(key, sealed.subarray(head.length), "The stored record");
}
