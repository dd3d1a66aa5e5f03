import nacl from "tweetnacl";
import { expect, test } from "vitest";
import { parsePublicKey, safetyNumber, safetyNumberGroups } from "../src/index.ts";
import { concat, hex, toHex, utf8 } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { alice, bob, mallory } from "./support/people.ts";
import signal from "./vectors/signal-fingerprint.json" with { type: "json" };

const person = ({ id, publicKey }: typeof alice) => ({ userId: id, publicKey });

function independentHalf(userId: string, publicKey: Uint8Array): string {
  const key = concat(Uint8Array.of(5), publicKey);
  let hash: Uint8Array = concat(Uint8Array.of(0, 0), key, utf8(userId));
  for (let round = 0; round < 5_200; round++) {
    hash = nacl.hash(concat(hash, key));
  }
  return Array.from({ length: 6 }, (_, index) => {
    const value = BigInt(`0x${toHex(hash.slice(index * 5, index * 5 + 5))}`);
    return String(value % 100_000n).padStart(5, "0");
  }).join("");
}

test("libsignal's published vector comes out", () => {
  const one = { userId: signal.alice.userId, publicKey: parsePublicKey(hex(signal.alice.publicKey)) };
  const other = { userId: signal.bob.userId, publicKey: parsePublicKey(hex(signal.bob.publicKey)) };
  expect(safetyNumber(one, other)).toBe(signal.digits);
  expect(safetyNumber(other, one)).toBe(signal.digits);
});

test("tweetnacl's hash makes the same digits", () => {
  const halves = [independentHalf(alice.id, alice.publicKey), independentHalf(bob.id, bob.publicKey)];
  expect(safetyNumber(person(alice), person(bob))).toBe(halves.sort().join(""));
});

test("another key or another user changes the number", () => {
  const number = safetyNumber(person(alice), person(bob));
  expect(safetyNumber(person(alice), { ...person(bob), publicKey: mallory.publicKey })).not.toBe(number);
  expect(safetyNumber(person(alice), { ...person(bob), userId: mallory.id })).not.toBe(number);
});

test("the digits are shown in 12 groups of five", () => {
  const groups = safetyNumberGroups(signal.digits);
  expect(groups).toHaveLength(12);
  expect(groups[0]).toBe("30035");
  expect(groups.join("")).toBe(signal.digits);
});

test("an empty user id has no safety number", () => {
  expect(codeOf(() => safetyNumber({ ...person(alice), userId: "" }, person(bob)))).toBe("bad-id");
});
