import nacl from "tweetnacl";
import { concatBytes, type Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";

const { nonceLength, overheadLength } = nacl.secretbox;

/** Nonce and tag: what sealing adds. */
export const secretboxFixedBytes = nonceLength + overheadLength;

/** nonce 24, fresh | tag 16 | ciphertext (XSalsa20-Poly1305). The key is 32 bytes. */
export function sealSecretbox(key: Uint8Array, plaintext: Uint8Array): Bytes {
  const nonce = nacl.randomBytes(nonceLength);
  return concatBytes(nonce, nacl.secretbox(plaintext, nonce, key));
}

/** @throws CryptoError `cannot-open` */
export function openSecretbox(key: Uint8Array, sealed: Uint8Array, what: string): Bytes {
  const plaintext = nacl.secretbox.open(sealed.subarray(nonceLength), sealed.subarray(0, nonceLength), key);
  if (!plaintext)
    throw new CryptoError("cannot-open", `${what} does not open: it was altered, or the key is another`);
  return Uint8Array.from(plaintext);
}
