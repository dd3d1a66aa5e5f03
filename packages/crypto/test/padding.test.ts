import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bodyMaxBytes, envelopeMaxBytes, isPaddedLength, paddedLength } from "../src/index.ts";
import { padmeLength } from "./support/independent.ts";

const anyLength = fc.nat({ max: 2 ** 26 });

test("every length up to 100,000 is padded as the paper's formula says", () => {
  let wrong = 0;
  for (let length = 0; length <= 100_000; length++) if (paddedLength(length) !== padmeLength(length)) wrong++;
  expect(wrong).toBe(0);
});

test.each([
  [0, 256],
  [256, 256],
  [257, 272],
  [272, 272],
  [1_000, 1_024],
  [1_025, 1_088],
  [65_621, 67_584],
])("%i bytes are padded to %i", (length, padded) => {
  expect(paddedLength(length)).toBe(padded);
});

test("padding never shortens, grows with the length, and costs at most 12 % above the floor", () => {
  fc.assert(
    fc.property(anyLength, (length) => {
      const padded = paddedLength(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(paddedLength(length + 1)).toBeGreaterThanOrEqual(padded);
      expect(padded).toBeLessThan(Math.max(257, length * 1.12));
    }),
  );
});

test("a padded length is one that padding leaves alone", () => {
  fc.assert(
    fc.property(anyLength, (length) => {
      expect(isPaddedLength(paddedLength(length))).toBe(true);
      expect(isPaddedLength(length)).toBe(length >= 256 && padmeLength(length) === length);
    }),
  );
});

test("for all bodies up to the largest only 130 lengths of envelope exist", () => {
  const lengths = new Set<number>();
  for (let body = 0; body <= bodyMaxBytes; body++) lengths.add(paddedLength(85 + body) + 60);
  expect(lengths.size).toBe(130);
  expect(Math.max(...lengths)).toBe(envelopeMaxBytes);
});
