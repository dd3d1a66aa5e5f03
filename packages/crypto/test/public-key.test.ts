import { expect, test } from "vitest";
import { encodeBase64, generateKeyPair, keyId, parsePublicKey } from "../src/index.ts";
import { hex, toHex } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { hash } from "./support/independent.ts";
import nacl from "tweetnacl";
import wycheproof from "./vectors/wycheproof-x25519.json" with { type: "json" };

const prime = 2n ** 255n - 19n;

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
}

test("a public key is read from bytes and from base64 alike", () => {
  const { publicKey } = generateKeyPair();
  expect(parsePublicKey(Uint8Array.from(publicKey))).toEqual(publicKey);
  expect(parsePublicKey(encodeBase64(publicKey))).toEqual(publicKey);
});

test("a parsed key does not change with the buffer it was read from", () => {
  const buffer = Uint8Array.from(generateKeyPair().publicKey);
  const parsed = parsePublicKey(buffer);
  const before = toHex(parsed);
  buffer.fill(0);
  expect(toHex(parsed)).toBe(before);
});

test.each([0, 31, 33, 64])("%i bytes are no public key", (length) => {
  expect(codeOf(() => parsePublicKey(new Uint8Array(length).fill(9)))).toBe("bad-length");
});

test("text that is not base64 is no public key", () => {
  expect(codeOf(() => parsePublicKey("not a key"))).toBe("bad-base64");
  expect(codeOf(() => parsePublicKey(`${encodeBase64(generateKeyPair().publicKey)} `))).toBe("bad-base64");
});

test("the largest canonical number passes, everything from p up is refused", () => {
  expect(codeOf(() => parsePublicKey(littleEndian(prime - 2n)))).toBe("nothing thrown");
  for (let value = prime; value < 2n ** 255n; value++) {
    expect(codeOf(() => parsePublicKey(littleEndian(value)))).toBe("non-canonical-public-key");
  }
});

test("a key with bit 255 set is refused, though X25519 would ignore the bit", () => {
  const marked = Uint8Array.from(generateKeyPair().publicKey);
  marked[31] = (marked[31] ?? 0) | 0x80;
  expect(codeOf(() => parsePublicKey(marked))).toBe("non-canonical-public-key");
});

test("all 31 zero-secret keys of Wycheproof are refused", () => {
  expect(wycheproof.zeroSharedSecret).toHaveLength(31);
  for (const { public: key } of wycheproof.zeroSharedSecret) {
    expect(["low-order-public-key", "non-canonical-public-key"]).toContain(
      codeOf(() => parsePublicKey(hex(key))),
    );
  }
});

test("the five canonical points of low order are refused for what they are", () => {
  const codes = new Map(
    wycheproof.zeroSharedSecret.map(({ public: key }) => [key, codeOf(() => parsePublicKey(hex(key)))]),
  );
  expect([...codes.values()].filter((code) => code === "low-order-public-key")).toHaveLength(5);
});

test("Wycheproof's sound keys pass and its non-canonical ones are refused", () => {
  for (const { public: key } of wycheproof.sound) {
    expect(codeOf(() => parsePublicKey(hex(key)))).toBe("nothing thrown");
  }
  for (const { public: key } of wycheproof.nonCanonical) {
    expect(codeOf(() => parsePublicKey(hex(key)))).toBe("non-canonical-public-key");
  }
});

test("a key id is the beginning of SHA-512 of the key, without a domain", () => {
  const { publicKey } = generateKeyPair();
  expect(toHex(keyId(publicKey))).toBe(toHex(nacl.hash(publicKey).slice(0, 8)));
  keyId(publicKey).fill(0);
  expect(toHex(keyId(publicKey))).toBe(toHex(nacl.hash(publicKey).slice(0, 8)));
  expect(toHex(keyId(publicKey))).not.toBe(toHex(hash("", 8, publicKey)));
});
