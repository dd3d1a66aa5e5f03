/*
 * The recovery key as people write it down: 56 characters of Crockford's base32, in 14 groups of four.
 *
 *   256 bits of key | 4 zero bits            52 characters
 *   CRC-20 of those 260 bits                  4 characters
 *
 * The CRC is over the characters' bits, most significant first: generator x^20+x^19+x^6+x^5+x^3+1, which is (x+1)
 * times the primitive x^19+x^5+x^2+x+1; register 20 ones at the start, nothing inverted at the end. With it every
 * mistake within four neighbouring characters is found for certain (one wrong character, two swapped, a whole group
 * misread), and any other but one in 2^20. It says nothing about the key to anyone who lacks it: it is shown and
 * typed with the key, never alone.
 */
import nacl from "tweetnacl";
import { assertLength, type Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";

export const recoveryKeyBytes = 32;

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const keySymbols = 52;
const checkSymbols = 4;
const allSymbols = keySymbols + checkSymbols;
const groupLength = 4;

/** 32 random bytes. */
export function generateRecoveryKey(): Bytes {
  return Uint8Array.from(nacl.randomBytes(recoveryKeyBytes));
}

/**
 * 14 groups of four characters, joined by hyphens.
 * @throws CryptoError `bad-length`
 */
export function formatRecoveryKey(recoveryKey: Uint8Array): string {
  assertLength(recoveryKey, recoveryKeyBytes, "A recovery key");
  const symbols = toSymbols(recoveryKey);
  const text = [...symbols, ...checksum(symbols)].map((symbol) => alphabet[symbol]).join("");
  return (text.match(/.{4}/g) ?? []).join("-");
}

/**
 * Reads a recovery key as a person types it: in any case, with or without spaces and hyphens, with O for 0 and I or
 * L for 1. Answers 32 bytes.
 * @throws CryptoError `bad-recovery-key`, with a sentence for that person
 */
export function parseRecoveryKey(text: string): Bytes {
  const typed = text
    .toUpperCase()
    .replace(/[\s\p{Pd}\u200b\ufeff]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  const symbols = Array.from(typed, (character) => alphabet.indexOf(character));
  const foreignAt = symbols.indexOf(-1);
  if (foreignAt >= 0) {
    const group = Math.floor(foreignAt / groupLength) + 1;
    throw new CryptoError(
      "bad-recovery-key",
      `Group ${group} has a character that recovery keys do not use.`,
    );
  }
  if (symbols.length !== allSymbols) {
    throw new CryptoError(
      "bad-recovery-key",
      `A recovery key has ${allSymbols} letters and digits; this one has ${symbols.length}.`,
    );
  }
  const keyPart = symbols.slice(0, keySymbols);
  const expected = checksum(keyPart);
  const spareBits = (keyPart.at(-1) ?? 0) & 15;
  if (spareBits !== 0 || !expected.every((symbol, index) => symbol === symbols[keySymbols + index])) {
    throw new CryptoError(
      "bad-recovery-key",
      "There is a typing mistake in this recovery key. Compare it group by group.",
    );
  }
  return fromSymbols(keyPart);
}

/** 5 bits each, the last filled up with zeros. */
function toSymbols(bytes: Uint8Array): number[] {
  const symbols: number[] = [];
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    for (; heldBits >= 5; heldBits -= 5) symbols.push((held >> (heldBits - 5)) & 31);
    held &= 31;
  }
  symbols.push((held << (5 - heldBits)) & 31);
  return symbols;
}

function fromSymbols(symbols: readonly number[]): Bytes {
  const bytes: number[] = [];
  let held = 0;
  let heldBits = 0;
  for (const symbol of symbols) {
    held = ((held << 5) | symbol) & 0xfff;
    heldBits += 5;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes.push((held >> heldBits) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

function checksum(symbols: readonly number[]): number[] {
  const generator = 0x80069;
  let register = 0xfffff;
  for (const symbol of symbols) {
    register ^= symbol << 15;
    for (let bit = 0; bit < 5; bit++) {
      register = (register & 0x80000) === 0 ? register << 1 : ((register << 1) & 0xfffff) ^ generator;
    }
  }
  return [15, 10, 5, 0].map((shift) => (register >> shift) & 31);
}
