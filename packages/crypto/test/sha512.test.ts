import { sha512 as nobleSha512 } from "@noble/hashes/sha2.js";
import nacl from "tweetnacl";
import { expect, test } from "vitest";
import { sha512 } from "../src/sha512.ts";
import { toHex, utf8 } from "./support/bytes.ts";

test("SHA-512 answers what FIPS 180-4's examples say", () => {
  expect(toHex(sha512(utf8("abc")))).toBe(
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  );
  expect(toHex(sha512(new Uint8Array()))).toBe(
    "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
  );
});

test("SHA-512 agrees with tweetnacl and noble at every length around four blocks", () => {
  for (let length = 0; length <= 520; length++) {
    const message = nacl.randomBytes(length);
    const digest = toHex(sha512(message));
    expect(digest).toBe(toHex(nacl.hash(message)));
    expect(digest).toBe(toHex(nobleSha512(message)));
  }
});

test("SHA-512 leaves its input alone and reads views at an offset", () => {
  const whole = utf8("....abc....");
  const before = toHex(whole);
  expect(toHex(sha512(whole.subarray(4, 7)))).toBe(toHex(sha512(utf8("abc"))));
  expect(toHex(whole)).toBe(before);
});
