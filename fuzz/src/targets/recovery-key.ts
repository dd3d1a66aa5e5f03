import { CryptoError, formatRecoveryKey, parseRecoveryKey } from "@sotto/crypto";
import type { Random } from "@sotto/chaos/random";
import { randomBytes } from "../inputs/bytes.ts";
import { anyText, mutateText, textOf } from "../inputs/text.ts";
import { compare, outcomeOf, type Target } from "../target.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const isTyped = (error: unknown) => error instanceof CryptoError && error.code === "bad-recovery-key";

export function recoveryKeyTarget(parse = parseRecoveryKey): Target {
  return {
    name: "recovery-key",
    share: 5_000,
    attempt(random) {
      const text = makeText(random);
      const key = findKey(text);
      const outcome = outcomeOf(isTyped, () => parse(text));
      return compare(outcome, key && ((value) => key.equals(value)), () => JSON.stringify(text));
    },
  };
}

function makeText(random: Random): string {
  const format = () => formatRecoveryKey(randomBytes(random, 32));
  const choice = random.integer(0, 9);
  if (choice === 0) return anyText(random);
  if (choice === 1) return textOf(random, `${alphabet}ILO- `, random.integer(50, 70));
  return mutateText(random, format(), format());
}

/** Reads it a second time: the check is the remainder of one long division of polynomials, in BigInt. */
function findKey(text: string): Buffer | null {
  const symbols: bigint[] = [];
  for (const character of text) {
    if (/[\s\p{Pd}\u200b\ufeff]/u.test(character)) continue;
    // Some characters become two in upper case.
    for (const upper of character.toUpperCase()) {
      const read = upper === "O" ? "0" : upper === "I" || upper === "L" ? "1" : upper;
      const value = alphabet.indexOf(read);
      if (value < 0) return null;
      symbols.push(BigInt(value));
    }
  }
  if (symbols.length !== 56) return null;
  const bits = symbols.reduce((all, symbol) => (all << 5n) | symbol, 0n);
  const data = bits >> 20n;
  // A register of ones at the start is the same as the first twenty bits inverted.
  if (remainder((data << 20n) ^ (0xfffffn << 260n)) !== (bits & 0xfffffn)) return null;
  if ((data & 15n) !== 0n) return null;
  return Buffer.from((data >> 4n).toString(16).padStart(64, "0"), "hex");
}

function remainder(dividend: bigint): bigint {
  const generator = 0x180069n << 260n;
  let rest = dividend;
  for (let bit = 280n; bit >= 20n; bit -= 1n) {
    if ((rest >> bit) & 1n) rest ^= generator >> (280n - bit);
  }
  return rest;
}
