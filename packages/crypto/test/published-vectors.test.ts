/*
 * The primitives as this package uses them, against the numbers their authors published. What is tested is
 * tweetnacl and our use of it (key pairs, agreement), so keys go in through the public API wherever it takes them.
 */
import nacl from "tweetnacl";
import { describe, expect, test } from "vitest";
import { createKeyring, decodeBase64, keyPairFromSecretKey, parsePublicKey } from "../src/index.ts";
import type { PublicKey } from "../src/index.ts";
import { hex, toHex } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import naclBox from "./vectors/nacl-box.json" with { type: "json" };
import rfc7748 from "./vectors/rfc7748.json" with { type: "json" };
import tweetnaclBox from "./vectors/tweetnacl-box.json" with { type: "json" };
import wycheproof from "./vectors/wycheproof-x25519.json" with { type: "json" };

describe("RFC 7748", () => {
  test.each(rfc7748.scalarMult)("5.2: X25519 of $u", ({ scalar, u, result }) => {
    expect(toHex(nacl.scalarMult(hex(scalar), hex(u)))).toBe(result);
  });

  test("5.2: after one and after 1,000 iterations", () => {
    let scalar = hex(rfc7748.iterated.start);
    let u = hex(rfc7748.iterated.start);
    const results: string[] = [];
    for (let round = 1; round <= 1_000; round++) {
      [scalar, u] = [Uint8Array.from(nacl.scalarMult(scalar, u)), scalar];
      results.push(toHex(scalar));
    }
    expect(results[0]).toBe(rfc7748.iterated.after1);
    expect(results[999]).toBe(rfc7748.iterated.after1000);
  });

  test("6.1: both sides come to the same secret", () => {
    const { aliceSecret, alicePublic, bobSecret, bobPublic, shared } = rfc7748.diffieHellman;
    expect(toHex(keyPairFromSecretKey(hex(aliceSecret)).publicKey)).toBe(alicePublic);
    expect(toHex(keyPairFromSecretKey(hex(bobSecret)).publicKey)).toBe(bobPublic);
    expect(toHex(nacl.scalarMult(hex(aliceSecret), hex(bobPublic)))).toBe(shared);
    expect(toHex(nacl.scalarMult(hex(bobSecret), hex(alicePublic)))).toBe(shared);
  });
});

test("NaCl distribution: a keyring's shared key is box's first key, and seals its test message", () => {
  const keyring = createKeyring(keyPairFromSecretKey(hex(naclBox.aliceSecret)));
  const sharedKey = keyring.sharedKeyWith(parsePublicKey(hex(naclBox.bobPublic)));
  expect(toHex(sharedKey)).toBe(naclBox.firstKey);
  expect(toHex(nacl.box.after(hex(naclBox.message), hex(naclBox.nonce), sharedKey))).toBe(naclBox.box);
});

test.each(tweetnaclBox.vectors)("TweetNaCl.js: random box $box", ({ publicKey, secretKey, message, box }) => {
  const keyring = createKeyring(keyPairFromSecretKey(decodeBase64(secretKey)));
  const sharedKey = keyring.sharedKeyWith(parsePublicKey(publicKey));
  const nonce = new Uint8Array(24);
  expect(nacl.box.after(decodeBase64(message), nonce, sharedKey)).toEqual(decodeBase64(box));
  expect(nacl.box.open.after(decodeBase64(box), nonce, sharedKey)).toEqual(decodeBase64(message));
});

describe("Wycheproof", () => {
  test.each([...wycheproof.sound, ...wycheproof.nonCanonical])("X25519 case $tcId", (vector) => {
    expect(toHex(nacl.scalarMult(hex(vector.private), hex(vector.public)))).toBe(vector.shared);
  });

  test.each(wycheproof.zeroSharedSecret)("zero secret case $tcId gives no shared key", (vector) => {
    const keyring = createKeyring(keyPairFromSecretKey(hex(vector.private)));
    // Branded past the check on purpose: the agreement has to hold on its own.
    const unchecked = hex(vector.public) as PublicKey;
    expect(codeOf(() => keyring.sharedKeyWith(unchecked))).toBe("low-order-public-key");
  });
});
