/*
 * NaCl's secretbox (XSalsa20-Poly1305: tag 16 | ciphertext) in memory of our own. `nacl.secretbox`, which is also
 * `nacl.box.after`, makes two arrays for every call, fills them byte by byte, and leaves the plaintext in one of them
 * until it is collected. Here the two are used again, and what was secret in them is zeroed at once.
 */
import nacl from "tweetnacl";
import { assertLength, type Bytes } from "./bytes.ts";

/** What tweetnacl's own secretbox calls. Lengths count the zeros that come before plaintext and ciphertext. */
type LowLevel = {
  crypto_secretbox(cipher: Uint8Array, plain: Uint8Array, length: number, ...key: NonceAndKey): number;
  /** 0 if it opened; otherwise nothing was written. */
  crypto_secretbox_open(plain: Uint8Array, cipher: Uint8Array, length: number, ...key: NonceAndKey): number;
};
type NonceAndKey = [nonce: Uint8Array, key: Uint8Array];

const { lowlevel } = nacl as typeof nacl & { lowlevel: LowLevel };
const { keyLength, nonceLength } = nacl.secretbox;

/** Zeros before the plaintext; of those before the ciphertext, the tag takes the last 16. */
const plainAt = 32;
const cipherAt = 16;

export const boxOverheadBytes = nacl.secretbox.overheadLength;

type Memory = { plain: Bytes; cipher: Bytes };

function createMemory(bytes: number): Memory {
  return { plain: new Uint8Array(plainAt + bytes), cipher: new Uint8Array(plainAt + bytes) };
}

/** For all but the largest envelopes, records and account data. */
const keptBytes = 16 * 1024;
const kept = createMemory(keptBytes);

function memoryFor(bytes: number): Memory {
  return bytes <= keptBytes ? kept : createMemory(bytes);
}

/**
 * Seals `length` bytes, and puts the box of `length + boxOverheadBytes` into `target` at `offset`.
 * @param write fills in the plaintext, zeros at first; it must not keep the array, nor seal or open anything
 */
export function sealBox(
  [nonce, key]: NonceAndKey,
  length: number,
  write: (plain: Uint8Array) => void,
  [target, offset]: [Uint8Array, number],
): void {
  assertKeys(nonce, key);
  const { plain, cipher } = memoryFor(length);
  const end = plainAt + length;
  try {
    write(plain.subarray(plainAt, end));
    lowlevel.crypto_secretbox(cipher, plain, end, nonce, key);
    target.set(cipher.subarray(cipherAt, end), offset);
  } finally {
    plain.fill(0, 0, end);
  }
}

/**
 * Opens a box, and gives what `read` makes of the plaintext; null where it does not open.
 * @param read must not keep the array, nor seal or open anything
 */
export function openBox<T>([nonce, key]: NonceAndKey, box: Uint8Array, read: (plain: Bytes) => T): T | null {
  assertKeys(nonce, key);
  if (box.length < boxOverheadBytes) return null;
  const { plain, cipher } = memoryFor(box.length - boxOverheadBytes);
  const end = cipherAt + box.length;
  cipher.set(box, cipherAt);
  try {
    if (lowlevel.crypto_secretbox_open(plain, cipher, end, nonce, key) !== 0) return null;
    return read(plain.subarray(plainAt, end));
  } finally {
    plain.fill(0, 0, end);
  }
}

function assertKeys(nonce: Uint8Array, key: Uint8Array): void {
  assertLength(nonce, nonceLength, "A nonce");
  assertLength(key, keyLength, "A key");
}
