import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  accountDataKey,
  accountDataMaxBytes,
  generateKeyPair,
  openAccountData,
  randomBytes,
  sealAccountData,
} from "../src/index.ts";
import { flipBit, toHex, utf8, withByte } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { hash, sealAccount, secretbox } from "./support/independent.ts";
import { alice } from "./support/people.ts";

const { secretKey } = generateKeyPair();
const key = accountDataKey(secretKey);
const place = { key, userId: alice.id, version: 7 };
const data = utf8('{"pins":[]}');
const sealed = sealAccountData({ ...place, data });
const open = (changed: Uint8Array) => openAccountData({ ...place, sealed: changed });

test("account data of any size comes back as it went, at a padded length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      expect(toHex(open(sealAccountData({ ...place, data: bytes })))).toBe(toHex(bytes));
    }),
    { numRuns: 50 },
  );
  expect(sealed).toHaveLength(4 + 24 + 16 + 256);
});

test("the largest data fits in 512 KiB sealed, one byte more is refused", () => {
  const largest = new Uint8Array(accountDataMaxBytes);
  const big = sealAccountData({ ...place, data: largest });
  expect(big.length).toBeLessThanOrEqual(512 * 1024);
  expect(open(big)).toHaveLength(accountDataMaxBytes);
  expect(codeOf(() => sealAccountData({ ...place, data: new Uint8Array(accountDataMaxBytes + 1) }))).toBe(
    "too-large",
  );
});

test("data of another version, another user or another account does not open", () => {
  expect(codeOf(() => openAccountData({ ...place, version: 8, sealed }))).toBe("wrong-context");
  expect(codeOf(() => openAccountData({ ...place, version: 6, sealed }))).toBe("wrong-context");
  expect(codeOf(() => openAccountData({ ...place, userId: "someone else", sealed }))).toBe("wrong-context");
  const otherKey = accountDataKey(generateKeyPair().secretKey);
  expect(codeOf(() => openAccountData({ ...place, key: otherKey, sealed }))).toBe("cannot-open");
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("%d is no version", (version) => {
  expect(codeOf(() => sealAccountData({ ...place, version, data }))).toBe("bad-number");
});

test("any flipped bit and any truncation is refused", () => {
  const codes = ["bad-account-data", "unknown-version", "unknown-suite", "cannot-open"];
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    expect(codes).toContain(codeOf(() => open(flipBit(sealed, bit))));
  }
  for (let length = 0; length < sealed.length; length++) {
    expect(codeOf(() => open(sealed.subarray(0, length)))).toBe("bad-account-data");
  }
  expect(codeOf(() => open(Uint8Array.from([...sealed, 0])))).toBe("cannot-open");
});

test("an unknown format says which part is unknown", () => {
  expect(codeOf(() => open(withByte(sealed, 2, 9)))).toBe("unknown-version");
  expect(codeOf(() => open(withByte(sealed, 3, 9)))).toBe("unknown-suite");
});

test("padding that is not zeros, too long or too short is refused", () => {
  const header = sealed.slice(0, 4);
  const version = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 7]);
  const user = new Uint8Array([0, 0, 0, 36, ...utf8(alice.id)]);
  const context = hash("sotto/account-data/context/v1", 32, header, user, version);
  const seal = (inner: Uint8Array) => new Uint8Array([...header, ...secretbox(key, randomBytes(24), inner)]);
  const inner = (claimed: number, length: number) => {
    const bytes = new Uint8Array(length);
    bytes.set([...context, 0, 0, claimed >> 8, claimed & 255]);
    return bytes;
  };
  expect(open(seal(inner(3, 256)))).toEqual(new Uint8Array(3));
  expect(codeOf(() => open(seal(inner(3, 272))))).toBe("bad-padding");
  expect(codeOf(() => open(seal(inner(221, 256))))).toBe("bad-padding");
  expect(codeOf(() => open(seal(inner(60_000, 256))))).toBe("bad-padding");
  expect(codeOf(() => open(seal(withByte(inner(3, 256), 255, 1))))).toBe("bad-padding");
});

test("account data sealed by noble opens", () => {
  const independent = sealAccount({ secretKey, nonce: randomBytes(24), userId: alice.id, version: 7, data });
  expect(open(independent)).toEqual(data);
});
