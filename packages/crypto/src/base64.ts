/*
 * Strict base64 (RFC 4648). Each byte string has exactly one text and every other text is refused: no whitespace,
 * no foreign characters, padding where it belongs, and zero in the bits that the last character has to spare.
 * Neither `atob` nor `Buffer` holds to that, and two texts for one value would be two ids for one message.
 */
import type { Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";

type Alphabet = { name: string; codes: Uint8Array; values: Uint8Array; padded: boolean };

const shared = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const invalid = 255;
const padding = 61;
const latin1 = new TextDecoder("latin1");

function createAlphabet(name: string, characters: string, padded: boolean): Alphabet {
  const codes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
  const values = new Uint8Array(128).fill(invalid);
  for (const [value, code] of codes.entries()) values[code] = value;
  return { name, codes, values, padded };
}

const standard = createAlphabet("base64", `${shared}+/`, true);
const urlSafe = createAlphabet("base64url", `${shared}-_`, false);

function encode(bytes: Uint8Array, { codes, padded }: Alphabet): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  let at = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    // What lies behind the end counts as zero; its characters are replaced below.
    const three = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text[at] = codes[three >> 18] ?? padding;
    text[at + 1] = codes[(three >> 12) & 63] ?? padding;
    text[at + 2] = codes[(three >> 6) & 63] ?? padding;
    text[at + 3] = codes[three & 63] ?? padding;
    at += 4;
  }
  const length = Math.ceil((bytes.length * 4) / 3);
  text.fill(padding, length);
  return latin1.decode(padded ? text : text.subarray(0, length));
}

function decode(text: string, alphabet: Alphabet): Bytes {
  const { values, padded } = alphabet;
  let length = text.length;
  if (padded) {
    if (length % 4 !== 0) throw refusal(alphabet, "the length must be a multiple of four");
    if (text.endsWith("==")) length -= 2;
    else if (text.endsWith("=")) length -= 1;
  }
  if (length % 4 === 1) throw refusal(alphabet, "one character is missing");

  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let at = 0;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const a = values[text.charCodeAt(index)] ?? invalid;
    const b = values[text.charCodeAt(index + 1)] ?? invalid;
    const c = values[text.charCodeAt(index + 2)] ?? invalid;
    const d = values[text.charCodeAt(index + 3)] ?? invalid;
    // No value that is valid has the bits that only `invalid` has.
    if ((a | b | c | d) > 63) throw foreign(alphabet, text);
    bytes[at] = (a << 2) | (b >> 4);
    bytes[at + 1] = (b << 4) | (c >> 2);
    bytes[at + 2] = (c << 6) | d;
    at += 3;
  }
  if (index < length) {
    const a = values[text.charCodeAt(index)] ?? invalid;
    const b = values[text.charCodeAt(index + 1)] ?? invalid;
    const c = index + 2 < length ? (values[text.charCodeAt(index + 2)] ?? invalid) : 0;
    if ((a | b | c) > 63) throw foreign(alphabet, text);
    const spare = index + 2 < length ? c & 3 : b & 15;
    if (spare !== 0) throw refusal(alphabet, "the spare bits at the end must be zero");
    bytes[at] = (a << 2) | (b >> 4);
    if (index + 2 < length) bytes[at + 1] = (b << 4) | (c >> 2);
  }
  return bytes;
}

/** For text that has a foreign character. */
function foreign(alphabet: Alphabet, text: string): CryptoError {
  let position = 0;
  while ((alphabet.values[text.charCodeAt(position)] ?? invalid) !== invalid) position += 1;
  return refusal(alphabet, `foreign character at position ${position}`);
}

function refusal({ name }: Alphabet, why: string): CryptoError {
  return new CryptoError("bad-base64", `Not ${name}: ${why}`);
}

/** Standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return encode(bytes, standard);
}

/**
 * Reads the one text that `encodeBase64` writes for some bytes, and no other.
 * @throws CryptoError `bad-base64`
 */
export function decodeBase64(text: string): Bytes {
  return decode(text, standard);
}

/** Base64url without padding, as OPAQUE messages and keys are written. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode(bytes, urlSafe);
}

/**
 * Reads base64url without padding, as strictly as `decodeBase64`.
 * @throws CryptoError `bad-base64`
 */
export function decodeBase64Url(text: string): Bytes {
  return decode(text, urlSafe);
}
