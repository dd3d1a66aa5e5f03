import { CryptoError } from "./errors.ts";

/** Bytes over a plain ArrayBuffer, as WebCrypto, IndexedDB and postMessage want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Not constant in time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && hasBytesAt(a, 0, b);
}

/** Whether `part` stands in `whole` at `offset`. Not constant in time: for public values only. */
export function hasBytesAt(whole: Uint8Array, offset: number, part: Uint8Array): boolean {
  for (let index = 0; index < part.length; index += 1) {
    if (whole[offset + index] !== part[index]) return false;
  }
  return true;
}

/** From `start` on. Looks at every byte whatever it finds. */
export function isZero(bytes: Uint8Array, start = 0): boolean {
  let all = 0;
  for (let index = start; index < bytes.length; index += 1) all |= bytes[index] ?? 0;
  return all === 0;
}

/** @throws CryptoError `bad-length` */
export function assertLength(bytes: Uint8Array, length: number, what: string): void {
  if (bytes.length !== length) {
    throw new CryptoError("bad-length", `${what} must be ${length} bytes, not ${bytes.length}`);
  }
}

/** True for the integers from `min` to 2^53 − 1: those that a u64 field and a number both hold. */
export function isSafeCount(value: number, min: number): boolean {
  return Number.isSafeInteger(value) && value >= min;
}

/** Big-endian, as are all integers here. */
export function u32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  writeU32(bytes, 0, value);
  return bytes;
}

export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}

export function readU32(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let index = offset; index < offset + 4; index += 1) value = (value << 8) | (bytes[index] ?? 0);
  return value >>> 0;
}

/** `value` must be a safe integer, zero or more. */
export function u64(value: number): Bytes {
  const bytes = new Uint8Array(8);
  writeU64(bytes, 0, value);
  return bytes;
}

/** `value` must be a safe integer, zero or more. */
export function writeU64(bytes: Uint8Array, offset: number, value: number): void {
  writeU32(bytes, offset, Math.floor(value / 2 ** 32));
  writeU32(bytes, offset + 4, value);
}

/** Values over 2^53 − 1 come back unsafe; check with `isSafeCount`. */
export function readU64(bytes: Uint8Array, offset: number): number {
  return readU32(bytes, offset) * 2 ** 32 + readU32(bytes, offset + 4);
}

export function ascii(text: string): Bytes {
  return encoder.encode(text);
}

/**
 * UTF-8 of an id. Lone surrogates are refused, since they would all encode alike and two ids could then share a
 * context.
 * @throws CryptoError `bad-id`
 */
export function idBytes(id: string, what: string): Bytes {
  if (id === "" || /\p{Surrogate}/u.test(id)) {
    throw new CryptoError("bad-id", `${what} must be non-empty, well-formed text`);
  }
  return encoder.encode(id);
}

/** u32 length, then the bytes: keeps neighbours in a hash apart. */
export function lengthPrefixed(bytes: Uint8Array): Bytes {
  return concatBytes(u32(bytes.length), bytes);
}
