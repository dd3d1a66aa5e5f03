import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openRecord, randomBytes, sealRecord } from "../src/index.ts";
import { flipBit, toHex, utf8, withByte } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { openSecretbox } from "./support/independent.ts";

const key = randomBytes(32);
const sealed = sealRecord(key, utf8("a stored record"));

test("a record comes back as it went", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      expect(toHex(openRecord(key, sealRecord(key, bytes)))).toBe(toHex(bytes));
    }),
    { numRuns: 50 },
  );
});

test("noble opens a record", () => {
  expect(openSecretbox(key, sealed.slice(3))).toEqual(utf8("a stored record"));
});

test("two seals of the same record differ", () => {
  expect(toHex(sealRecord(key, utf8("a stored record")))).not.toBe(toHex(sealed));
});

test("any flipped bit, truncation or foreign key is refused", () => {
  const codes = ["bad-record", "unknown-version", "cannot-open"];
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    expect(codes).toContain(codeOf(() => openRecord(key, flipBit(sealed, bit))));
  }
  for (let length = 0; length < sealed.length; length++) {
    expect(codes).toContain(codeOf(() => openRecord(key, sealed.subarray(0, length))));
  }
  expect(codeOf(() => openRecord(randomBytes(32), sealed))).toBe("cannot-open");
  expect(codeOf(() => openRecord(key, withByte(sealed, 2, 2)))).toBe("unknown-version");
});

test("a storage key has 32 bytes", () => {
  expect(codeOf(() => sealRecord(randomBytes(16), sealed))).toBe("bad-length");
  expect(codeOf(() => openRecord(randomBytes(64), sealed))).toBe("bad-length");
});

test("random bytes come in any length and differ", () => {
  expect(randomBytes(0)).toHaveLength(0);
  expect(randomBytes(70_000)).toHaveLength(70_000);
  expect(toHex(randomBytes(16))).not.toBe(toHex(randomBytes(16)));
});
