import { expect, test } from "vitest";
import {
  createKeyring,
  generateKeyPair,
  keyPairFromSecretKey,
  openEnvelope,
  sealEnvelope,
} from "../src/index.ts";
import { toHex } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { sharedKey as independentSharedKey } from "./support/independent.ts";
import { alice, aliceToBob, bob, content, fromAlice, sealAliceToBob } from "./support/people.ts";

test("both sides have one shared key, and noble computes the same", () => {
  const key = toHex(alice.keyring.sharedKeyWith(bob.publicKey));
  expect(toHex(bob.keyring.sharedKeyWith(alice.publicKey))).toBe(key);
  expect(toHex(independentSharedKey(alice.secretKey, bob.publicKey))).toBe(key);
});

test("a shared key is computed once", () => {
  expect(alice.keyring.sharedKeyWith(bob.publicKey)).toBe(alice.keyring.sharedKeyWith(bob.publicKey));
});

test("new key pairs differ, and a key pair is that of its secret key", () => {
  const [one, other] = [generateKeyPair(), generateKeyPair()];
  expect(toHex(one.secretKey)).not.toBe(toHex(other.secretKey));
  expect(keyPairFromSecretKey(one.secretKey)).toEqual(one);
});

test.each([0, 31, 33, 64])("%i bytes are no secret key", (length) => {
  expect(codeOf(() => keyPairFromSecretKey(new Uint8Array(length)))).toBe("bad-length");
});

test("wiping zeroes the secret key and every shared key, and ends all use", () => {
  const keyPair = generateKeyPair();
  const keyring = createKeyring(keyPair);
  const sharedKey = keyring.sharedKeyWith(bob.publicKey);
  expect(sharedKey.some((byte) => byte !== 0)).toBe(true);

  keyring.wipe();

  const zeros = "00".repeat(32);
  expect(toHex(keyPair.secretKey)).toBe(zeros);
  expect(toHex(sharedKey)).toBe(zeros);
  expect(codeOf(() => keyring.sharedKeyWith(bob.publicKey))).toBe("keyring-wiped");
  const message = { ...content, recipientKey: bob.publicKey, context: aliceToBob };
  expect(codeOf(() => sealEnvelope(keyring, message))).toBe("keyring-wiped");
});

test("a wiped recipient cannot open what it could open before", () => {
  const keyring = createKeyring(keyPairFromSecretKey(bob.secretKey));
  const envelope = sealAliceToBob();
  expect(openEnvelope(keyring, fromAlice(envelope)).counter).toBe(1);
  keyring.wipe();
  expect(codeOf(() => openEnvelope(keyring, fromAlice(envelope)))).toBe("keyring-wiped");
});
