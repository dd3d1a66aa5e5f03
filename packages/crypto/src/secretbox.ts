import nacl from "tweetnacl";
import { boxOverheadBytes, openBox, sealBox } from "./box.ts";
import type { Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";

const { nonceLength } = nacl.secretbox;

/** Nonce and tag: what sealing adds. */
export const secretboxFixedBytes = nonceLength + boxOverheadBytes;

/** nonce 24, fresh | tag 16 | ciphertext (XSalsa20-Poly1305), behind the header. The key is 32 bytes. */
export function sealSecretbox(key: Uint8Array, header: Uint8Array, plaintext: Uint8Array): Bytes {
  const sealed = new Uint8Array(header.length + secretboxFixedBytes + plaintext.length);
  const nonce = nacl.randomBytes(nonceLength);
  sealed.set(header);
  sealed.set(nonce, header.length);
  const boxAt = header.length + nonceLength;
  sealBox([nonce, key], plaintext.length, (plain) => plain.set(plaintext), [sealed, boxAt]);
  return sealed;
}

/** @throws CryptoError `cannot-open` */
export function openSecretbox(key: Uint8Array, sealed: Uint8Array, what: string): Bytes {
  const nonce = sealed.subarray(0, nonceLength);
  const plaintext = openBox([nonce, key], sealed.subarray(nonceLength), (plain) => plain.slice());
  if (!plaintext)
    throw new CryptoError("cannot-open", `${what} does not open: it was altered, or the key is another`);
  return plaintext;
}
