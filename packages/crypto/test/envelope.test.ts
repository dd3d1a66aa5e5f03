import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assertEnvelope,
  bodyMaxBytes,
  envelopeMaxBytes,
  envelopeMinBytes,
  hashEnvelope,
  isPaddedLength,
  keyId,
  openEnvelope,
  parseEnvelopeHead,
  randomBytes,
  sealEnvelope,
} from "../src/index.ts";
import { toHex } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { hash } from "./support/independent.ts";
import { alice, aliceToBob, bob, content, fromAlice, mallory, sealAliceToBob } from "./support/people.ts";

const keys = { senderKey: alice.publicKey, recipientKey: bob.publicKey };

describe("an envelope", () => {
  test("opens for its recipient and for its sender's other devices", () => {
    const envelope = sealAliceToBob();
    expect(openEnvelope(bob.keyring, fromAlice(envelope))).toEqual(content);
    expect(openEnvelope(alice.keyring, fromAlice(envelope))).toEqual(content);
  });

  test("gives back whatever was sealed", () => {
    const anyContent = fc.record({
      kind: fc.integer({ min: 0, max: 255 }),
      device: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      counter: fc.oneof(
        fc.maxSafeNat().filter((n) => n > 0),
        fc.constant(2 ** 53 - 1),
      ),
      sentAt: fc.maxSafeNat(),
      previous: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      body: fc.uint8Array({ maxLength: 2_000 }),
    });
    fc.assert(
      fc.property(anyContent, (any) => {
        const opened = openEnvelope(bob.keyring, fromAlice(sealAliceToBob(any)));
        expect(opened).toEqual({
          ...any,
          device: Uint8Array.from(any.device),
          previous: Uint8Array.from(any.previous),
          body: Uint8Array.from(any.body),
        });
      }),
      { numRuns: 200 },
    );
  });

  test("belongs to one place, however sealing and opening go back and forth between places", () => {
    const ids = fc.constantFrom("a", "b", "ab");
    const places = fc.array(
      fc.record({ senderId: ids, recipientId: ids, conversationId: ids, messageId: ids }),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(places, (contexts) => {
        const envelopes = contexts.map((context) =>
          sealEnvelope(alice.keyring, { ...content, recipientKey: bob.publicKey, context }),
        );
        for (const [index, envelope] of envelopes.entries()) {
          for (const context of contexts) {
            const isThere = JSON.stringify(context) === JSON.stringify(contexts[index]);
            const code = codeOf(() => openEnvelope(bob.keyring, { ...keys, context, envelope }));
            expect(code).toBe(isThere ? "nothing thrown" : "wrong-context");
          }
        }
      }),
    );
  });

  test("holds a body of 0 bytes and of 64 KiB, and not one byte more", () => {
    const empty = sealAliceToBob({ body: new Uint8Array() });
    expect(empty).toHaveLength(envelopeMinBytes);
    expect(openEnvelope(bob.keyring, fromAlice(empty)).body).toHaveLength(0);

    const body = randomBytes(bodyMaxBytes);
    const full = sealAliceToBob({ body });
    expect(full).toHaveLength(envelopeMaxBytes);
    expect(toHex(openEnvelope(bob.keyring, fromAlice(full)).body)).toBe(toHex(body));

    expect(codeOf(() => sealAliceToBob({ body: new Uint8Array(bodyMaxBytes + 1) }))).toBe("too-large");
  });

  test("never has the same bytes twice", () => {
    const seen = new Set(Array.from({ length: 100 }, () => toHex(sealAliceToBob())));
    expect(seen.size).toBe(100);
  });

  test("shows only that it is padded: all short bodies have one length", () => {
    const lengths = new Set(
      [0, 1, 50, 171].map((length) => sealAliceToBob({ body: randomBytes(length) }).length),
    );
    expect([...lengths]).toEqual([envelopeMinBytes]);
    expect(isPaddedLength(sealAliceToBob({ body: randomBytes(172) }).length - 60)).toBe(true);
  });

  test("opens the same from a view into a larger buffer", () => {
    const envelope = sealAliceToBob();
    const buffer = new Uint8Array(envelope.length + 7);
    buffer.set(envelope, 3);
    expect(openEnvelope(bob.keyring, fromAlice(buffer.subarray(3, 3 + envelope.length)))).toEqual(content);
  });

  test("gives copies: what was opened does not change with the envelope", () => {
    const envelope = sealAliceToBob();
    const opened = openEnvelope(bob.keyring, fromAlice(envelope));
    envelope.fill(0);
    expect(opened).toEqual(content);
  });
});

describe("sealing refuses", () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("the counter %d", (counter) => {
    expect(codeOf(() => sealAliceToBob({ counter }))).toBe("bad-counter");
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])("the time %d", (sentAt) => {
    expect(codeOf(() => sealAliceToBob({ sentAt }))).toBe("bad-number");
  });

  test.each([-1, 256, 1.5, Number.NaN])("the kind %d", (kind) => {
    expect(codeOf(() => sealAliceToBob({ kind }))).toBe("bad-number");
  });

  test.each([0, 15, 17])("a device or a previous of %d bytes", (length) => {
    expect(codeOf(() => sealAliceToBob({ device: new Uint8Array(length) }))).toBe("bad-length");
    expect(codeOf(() => sealAliceToBob({ previous: new Uint8Array(length) }))).toBe("bad-length");
  });

  test.each(["senderId", "recipientId", "conversationId", "messageId"])(
    "an empty or ill-formed %s",
    (field) => {
      for (const id of ["", "\ud800", "a\udc00b"]) {
        const context = { ...aliceToBob, [field]: id };
        const seal = () => sealEnvelope(alice.keyring, { ...content, recipientKey: bob.publicKey, context });
        expect(codeOf(seal)).toBe("bad-id");
      }
    },
  );

  test("at compile time, a public key that was not checked", () => {
    const message = { ...content, context: aliceToBob };
    // @ts-expect-error -- bare bytes are no public key
    expect(() => sealEnvelope(alice.keyring, { ...message, recipientKey: randomBytes(32) })).not.toThrow();
  });
});

describe("the outside of an envelope", () => {
  test("names both keys", () => {
    expect(parseEnvelopeHead(sealAliceToBob())).toEqual({
      version: 1,
      suite: 1,
      senderKeyId: keyId(alice.publicKey),
      recipientKeyId: keyId(bob.publicKey),
    });
  });

  test("passes the server's check for its two keys and no others", () => {
    const envelope = sealAliceToBob();
    expect(codeOf(() => assertEnvelope(envelope, keys))).toBe("nothing thrown");
    const reversed = { senderKey: bob.publicKey, recipientKey: alice.publicKey };
    expect(codeOf(() => assertEnvelope(envelope, reversed))).toBe("wrong-key");
    expect(codeOf(() => assertEnvelope(envelope, { ...keys, senderKey: mallory.publicKey }))).toBe(
      "wrong-key",
    );
    expect(codeOf(() => assertEnvelope(envelope, { ...keys, recipientKey: mallory.publicKey }))).toBe(
      "wrong-key",
    );
  });

  test("passes the server's check only at a length that sealing produces", () => {
    const head = sealAliceToBob().subarray(0, 20);
    const codes = new Map<string, number>();
    for (let length = 20; length <= envelopeMaxBytes + 100; length += 4) {
      const bytes = new Uint8Array(length);
      bytes.set(head);
      const code = codeOf(() => assertEnvelope(bytes, keys));
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const allowed = length <= envelopeMaxBytes && isPaddedLength(length - 60);
      expect(code === "nothing thrown").toBe(allowed);
    }
    expect([...codes.keys()].sort()).toEqual(["bad-length", "nothing thrown", "too-large"]);
  });

  test("is no envelope when the first bytes are missing or others", () => {
    const envelope = sealAliceToBob();
    expect(codeOf(() => assertEnvelope(new Uint8Array(), keys))).toBe("not-an-envelope");
    expect(codeOf(() => assertEnvelope(envelope.subarray(0, 19), keys))).toBe("not-an-envelope");
    expect(codeOf(() => assertEnvelope(envelope.subarray(1), keys))).toBe("not-an-envelope");
  });
});

test("the hash of an envelope is the 16 bytes the format says, and follows every byte", () => {
  const envelope = sealAliceToBob();
  expect(toHex(hashEnvelope(envelope))).toBe(toHex(hash("sotto/previous/v1", 16, envelope)));
  expect(toHex(hashEnvelope(sealAliceToBob()))).not.toBe(toHex(hashEnvelope(envelope)));
});
