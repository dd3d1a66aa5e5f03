import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CryptoError, formatRecoveryKey, generateRecoveryKey, parseRecoveryKey } from "../src/index.ts";
import { toHex } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
const refusal = (text: string) => codeOf(() => parseRecoveryKey(text));

/** The text by its description, on big integers: division of polynomials over GF(2) instead of a register. */
function independentText(key: Uint8Array, spareBits = 0n): string {
  const generator = (1n << 20n) | 0x80069n;
  const message = (BigInt(`0x${toHex(key)}`) << 4n) | spareBits;
  let rest = (message << 20n) ^ (0xfffffn << 260n);
  for (let bit = 279n; bit >= 20n; bit--) if ((rest >> bit) & 1n) rest ^= generator << (bit - 20n);
  const whole = (message << 20n) | rest;
  const symbols = Array.from(
    { length: 56 },
    (_, index) => alphabet[Number((whole >> BigInt(275 - 5 * index)) & 31n)],
  );
  return symbols.join("").replace(/(.{4})(?=.)/g, "$1-");
}

test("a recovery key is 32 random bytes, written as 14 groups of four", () => {
  const key = generateRecoveryKey();
  expect(key).toHaveLength(32);
  expect(toHex(key)).not.toBe(toHex(generateRecoveryKey()));
  expect(formatRecoveryKey(key)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
});

test("what was written is read, and written as described", () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      const text = formatRecoveryKey(key);
      expect(text).toBe(independentText(key));
      expect(toHex(parseRecoveryKey(text))).toBe(toHex(key));
    }),
  );
});

test("case, spaces, hyphens of any kind and look-alike letters do not matter", () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      const text = formatRecoveryKey(key);
      const variants = [
        text.toLowerCase(),
        text.replaceAll("-", ""),
        ` ${text.replaceAll("-", " ")}\n`,
        text.replaceAll("-", "\u2013"),
        text.replaceAll("0", "O").replaceAll("1", "I"),
        text.toLowerCase().replaceAll("0", "o").replaceAll("1", "l"),
      ];
      for (const variant of variants) expect(toHex(parseRecoveryKey(variant))).toBe(toHex(key));
    }),
    { numRuns: 30 },
  );
});

describe("a typing mistake is refused", () => {
  const key = generateRecoveryKey();
  const text = formatRecoveryKey(key).replaceAll("-", "");

  test("one wrong character, every one there is", () => {
    for (let index = 0; index < text.length; index++) {
      for (const character of alphabet) {
        if (character === text[index]) continue;
        expect(refusal(text.slice(0, index) + character + text.slice(index + 1))).toBe("bad-recovery-key");
      }
    }
  });

  test("two neighbours swapped, every pair", () => {
    for (let index = 0; index + 1 < text.length; index++) {
      const [one = "", other = ""] = [text[index], text[index + 1]];
      if (one === other) continue;
      expect(refusal(text.slice(0, index) + other + one + text.slice(index + 2))).toBe("bad-recovery-key");
    }
  });

  test("any four characters in a row replaced", () => {
    const group = fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(anyKey, fc.nat({ max: 52 }), group, (other, start, replacement) => {
        const right = formatRecoveryKey(other).replaceAll("-", "");
        const wrong = right.slice(0, start) + replacement + right.slice(start + 4);
        fc.pre(wrong !== right);
        expect(refusal(wrong)).toBe("bad-recovery-key");
      }),
      { numRuns: 2_000 },
    );
  });

  test("a character left out or added", () => {
    for (let index = 0; index < text.length; index++) {
      expect(refusal(text.slice(0, index) + text.slice(index + 1))).toBe("bad-recovery-key");
      expect(refusal(`${text.slice(0, index)}7${text.slice(index)}`)).toBe("bad-recovery-key");
    }
  });

  test.each(["", "U", "not a key", "\u{1f511}"])("text that is no recovery key: %j", (other) => {
    expect(refusal(other)).toBe("bad-recovery-key");
  });
});

test("spare bits set are refused even with a checksum that fits", () => {
  const key = generateRecoveryKey();
  expect(refusal(independentText(key, 0n))).toBe("nothing thrown");
  for (let spareBits = 1n; spareBits < 16n; spareBits++) {
    expect(refusal(independentText(key, spareBits))).toBe("bad-recovery-key");
  }
});

function message(typed: string): string {
  try {
    parseRecoveryKey(typed);
  } catch (error) {
    if (error instanceof CryptoError) return error.message;
  }
  return "";
}

test("the error speaks to the person, and does not repeat the key", () => {
  const text = formatRecoveryKey(generateRecoveryKey());
  expect(message(text.slice(0, -1))).toBe("A recovery key has 56 letters and digits; this one has 55.");
  expect(message(text.replace(/^(.{5})./, "$1!"))).toBe(
    "Group 2 has a character that recovery keys do not use.",
  );
  const swapped = text.slice(0, -1) + (text.endsWith("0") ? "2" : "0");
  expect(message(swapped)).toContain("typing mistake");
  expect(message(swapped)).not.toContain(text.slice(0, 4));
});

test("only 32 bytes can be written", () => {
  expect(codeOf(() => formatRecoveryKey(new Uint8Array(31)))).toBe("bad-length");
});
