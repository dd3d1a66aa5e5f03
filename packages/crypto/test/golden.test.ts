/*
 * Fixtures made once, with fixed nonces, by support/independent.ts. They freeze format v1: what opens today must
 * open for as long as version 1 is read. A test that fails here is repaired in the code, never in the fixtures.
 */
import { describe, expect, test } from "vitest";
import {
  accountDataKey,
  createKeyring,
  decodeBase64,
  encodeBase64,
  formatRecoveryKey,
  hashEnvelope,
  keyId,
  keyPairFromSecretKey,
  openAccountData,
  openEnvelope,
  openRecord,
  openVaultSlot,
  parsePublicKey,
  parseRecoveryKey,
  passwordSlotKey,
  recoveryProof,
  recoverySlotKey,
  safetyNumber,
} from "../src/index.ts";
import { hex, toHex, utf8 } from "./support/bytes.ts";
import { encodeInner, sealInner, sharedKey, zeroPadded } from "./support/independent.ts";
import golden from "./vectors/golden-v1.json" with { type: "json" };

const alice = keyPairFromSecretKey(hex(golden.alice.secretKey));
const bob = keyPairFromSecretKey(hex(golden.bob.secretKey));

test("the two people are who they were", () => {
  for (const [person, keyPair] of [[golden.alice, alice] as const, [golden.bob, bob] as const]) {
    expect(encodeBase64(keyPair.publicKey)).toBe(person.publicKey);
    expect(toHex(keyId(keyPair.publicKey))).toBe(person.keyId);
    expect(parsePublicKey(person.publicKey)).toEqual(keyPair.publicKey);
  }
});

describe.each(golden.envelopes)("the envelope $name", (fixture) => {
  const [sender, recipient] = fixture.from === "alice" ? [alice, bob] : [bob, alice];
  const keys = { senderKey: sender.publicKey, recipientKey: recipient.publicKey };
  const content = {
    kind: fixture.kind,
    device: hex(fixture.device),
    counter: fixture.counter,
    sentAt: fixture.sentAt,
    previous: hex(fixture.previous),
    body: utf8(fixture.bodyUnit.repeat(fixture.bodyRepeats)),
  };
  const envelope = decodeBase64(fixture.envelope);

  test.each([
    ["recipient", recipient],
    ["sender", sender],
  ])("opens for its %s to what was recorded", (_, owner) => {
    const keyring = createKeyring(keyPairFromSecretKey(owner.secretKey));
    expect(openEnvelope(keyring, { ...keys, context: fixture.context, envelope })).toEqual(content);
  });

  test("has its recorded hash", () => {
    expect(toHex(hashEnvelope(envelope))).toBe(fixture.hash);
  });

  test("is what noble seals with its nonce", () => {
    const inner = zeroPadded(encodeInner({ ...keys, ...content, context: fixture.context }));
    const key = sharedKey(sender.secretKey, recipient.publicKey);
    expect(toHex(sealInner(keys, key, envelope.slice(20, 44), inner))).toBe(toHex(envelope));
  });
});

test("the second envelope names the first", () => {
  expect(golden.envelopes[1]?.previous).toBe(golden.envelopes[0]?.hash);
});

test("both vault slots open", () => {
  const { exportKey, passwordSlot, recoveryKey, recoverySlot } = golden.vault;
  const { publicKey } = alice;
  const byPassword = passwordSlotKey(hex(exportKey));
  const byRecovery = recoverySlotKey(hex(recoveryKey));
  const password = {
    slot: "password",
    wrappingKey: byPassword,
    publicKey,
    sealed: decodeBase64(passwordSlot),
  } as const;
  const recovery = {
    slot: "recovery",
    wrappingKey: byRecovery,
    publicKey,
    sealed: decodeBase64(recoverySlot),
  } as const;
  expect(openVaultSlot(password)).toEqual(alice);
  expect(openVaultSlot(recovery)).toEqual(alice);
});

test("the recovery key is written and read as it was, and gives its proof", () => {
  const { recoveryKey, recoveryText, recoveryProof: proof } = golden.vault;
  expect(formatRecoveryKey(hex(recoveryKey))).toBe(recoveryText);
  expect(toHex(parseRecoveryKey(recoveryText))).toBe(recoveryKey);
  expect(toHex(recoveryProof(hex(recoveryKey)))).toBe(proof);
});

test("the account data opens", () => {
  const { userId, version, data, sealed } = golden.accountData;
  const input = { key: accountDataKey(alice.secretKey), userId, version, sealed: decodeBase64(sealed) };
  expect(openAccountData(input)).toEqual(utf8(data));
});

test("the record opens", () => {
  const { key, data, sealed } = golden.record;
  expect(openRecord(hex(key), decodeBase64(sealed))).toEqual(utf8(data));
});

test("the safety number is what it was", () => {
  const one = { userId: golden.alice.userId, publicKey: alice.publicKey };
  const other = { userId: golden.bob.userId, publicKey: bob.publicKey };
  expect(safetyNumber(one, other)).toBe(golden.safetyNumber);
});
