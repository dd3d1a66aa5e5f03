/*
 * What a server, or anyone on the way, might do to an envelope: every change has to end in a typed refusal, whichever
 * of the two people opens it.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openEnvelope, paddedLength, sealEnvelope } from "../src/index.ts";
import type { CryptoErrorCode, EnvelopeContext } from "../src/index.ts";
import { concat, flipBit, withByte } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";
import { encodeInner, sealInner, sharedKey, zeroPadded } from "./support/independent.ts";
import { alice, aliceToBob, bob, content, fromAlice, mallory, sealAliceToBob } from "./support/people.ts";

const keys = { senderKey: alice.publicKey, recipientKey: bob.publicKey };
const envelope = sealAliceToBob();
const openAsBob = (changed: Uint8Array) => codeOf(() => openEnvelope(bob.keyring, fromAlice(changed)));
const openAsAlice = (changed: Uint8Array) => codeOf(() => openEnvelope(alice.keyring, fromAlice(changed)));

/** What a flipped bit at this place of the envelope is called. */
function expectedCode(byte: number): CryptoErrorCode {
  if (byte < 2) return "not-an-envelope";
  if (byte < 3) return "unknown-version";
  if (byte < 4) return "unknown-suite";
  return byte < 20 ? "wrong-key" : "cannot-open";
}

describe("altered bytes", () => {
  test("every single flipped bit is refused, and by the right name", () => {
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      expect(openAsBob(flipBit(envelope, bit))).toBe(expectedCode(bit >> 3));
    }
  });

  test("every single flipped bit is refused for the sender too", () => {
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      expect(openAsAlice(flipBit(envelope, bit))).toBe(expectedCode(bit >> 3));
    }
  });

  test("any change of several bytes, in bodies of any size, is refused", () => {
    const edit = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
    const edits = fc.uniqueArray(edit, { minLength: 1, maxLength: 8, selector: ([at]) => at });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_500 }), edits, (body, changes) => {
        const sealed = sealAliceToBob({ body });
        const changed = Uint8Array.from(sealed);
        for (const [at, mask] of changes) {
          const index = at % changed.length;
          changed[index] = (sealed[index] ?? 0) ^ mask;
        }
        expect(openAsBob(changed)).not.toBe("nothing thrown");
      }),
      { numRuns: 500 },
    );
  });

  test("every truncation is refused", () => {
    for (let length = 0; length < envelope.length; length++) {
      const expected = length < 20 ? "not-an-envelope" : "bad-length";
      expect(openAsBob(envelope.subarray(0, length))).toBe(expected);
    }
  });

  test("a truncation to another valid length is refused by the box", () => {
    const long = sealAliceToBob({ body: new Uint8Array(900) });
    expect(openAsBob(long.subarray(0, 60 + paddedLength(800)))).toBe("cannot-open");
  });

  test("every extension is refused, at valid lengths as well", () => {
    for (let extra = 1; extra <= 64; extra++) {
      const expected = extra % 16 === 0 ? "cannot-open" : "bad-length";
      expect(openAsBob(concat(envelope, new Uint8Array(extra)))).toBe(expected);
    }
    expect(openAsBob(concat(envelope, new Uint8Array(70_000)))).toBe("too-large");
  });

  test("the boxes of two envelopes cannot be exchanged under their nonces", () => {
    const other = sealAliceToBob();
    expect(openAsBob(concat(envelope.subarray(0, 44), other.subarray(44)))).toBe("cannot-open");
  });

  test.each([0, 2, 255])("version %d is unknown", (version) => {
    expect(openAsBob(withByte(envelope, 2, version))).toBe("unknown-version");
  });

  test.each([0, 2, 255])("suite %d is unknown", (suite) => {
    expect(openAsBob(withByte(envelope, 3, suite))).toBe("unknown-suite");
  });
});

describe("another place", () => {
  test.each(["senderId", "recipientId", "conversationId", "messageId"])("another %s is refused", (field) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (id) => {
        const context: EnvelopeContext = { ...aliceToBob, [field]: id };
        expect(codeOf(() => openEnvelope(bob.keyring, { ...fromAlice(envelope), context }))).toBe(
          "wrong-context",
        );
        expect(codeOf(() => openEnvelope(alice.keyring, { ...fromAlice(envelope), context }))).toBe(
          "wrong-context",
        );
      }),
      { numRuns: 50 },
    );
  });

  test("any two parts of the context exchanged are refused", () => {
    const fields = ["senderId", "recipientId", "conversationId", "messageId"] as const;
    const pairs = fields.flatMap((one) =>
      fields.filter((other) => one < other).map((other) => [one, other] as const),
    );
    expect(pairs).toHaveLength(6);
    for (const [one, other] of pairs) {
      const context = { ...aliceToBob, [one]: aliceToBob[other], [other]: aliceToBob[one] };
      expect(codeOf(() => openEnvelope(bob.keyring, { ...fromAlice(envelope), context }))).toBe(
        "wrong-context",
      );
    }
  });

  test("text moved from one id to the next is refused", () => {
    const context = { ...aliceToBob, conversationId: "ab", messageId: "c" };
    const sealed = sealEnvelope(alice.keyring, { ...content, recipientKey: bob.publicKey, context });
    const moved = { ...context, conversationId: "a", messageId: "bc" };
    const open = (given: EnvelopeContext) =>
      codeOf(() => openEnvelope(bob.keyring, { ...fromAlice(sealed), context: given }));
    expect(open(context)).toBe("nothing thrown");
    expect(open(moved)).toBe("wrong-context");
  });

  test("ids that look alike but are encoded otherwise are different ids", () => {
    const context = { ...aliceToBob, messageId: "\u00e9" };
    const sealed = sealEnvelope(alice.keyring, { ...content, recipientKey: bob.publicKey, context });
    const decomposed = { ...context, messageId: "e\u0301" };
    expect(codeOf(() => openEnvelope(bob.keyring, { ...fromAlice(sealed), context: decomposed }))).toBe(
      "wrong-context",
    );
  });
});

describe("other people", () => {
  const reversed = { senderKey: bob.publicKey, recipientKey: alice.publicKey };
  const bobToAlice = { ...aliceToBob, senderId: bob.id, recipientId: alice.id };

  test("an envelope shown to its sender as an answer is refused: its head names the keys", () => {
    const reflected = { ...reversed, context: bobToAlice, envelope };
    expect(codeOf(() => openEnvelope(alice.keyring, reflected))).toBe("wrong-key");
  });

  test("an envelope reflected with its key ids exchanged is refused: the context was hashed with the head", () => {
    const exchanged = concat(
      envelope.subarray(0, 4),
      envelope.subarray(12, 20),
      envelope.subarray(4, 12),
      envelope.subarray(20),
    );
    const reflected = { ...reversed, context: bobToAlice, envelope: exchanged };
    expect(codeOf(() => openEnvelope(alice.keyring, reflected))).toBe("wrong-context");
    expect(codeOf(() => openEnvelope(alice.keyring, { ...reflected, context: aliceToBob }))).toBe(
      "wrong-context",
    );
  });

  test("who is neither sender nor recipient cannot open", () => {
    expect(codeOf(() => openEnvelope(mallory.keyring, fromAlice(envelope)))).toBe("wrong-key");
  });

  test("an envelope of Mallory's is not one of Alice's", () => {
    const sealed = sealEnvelope(mallory.keyring, {
      ...content,
      recipientKey: bob.publicKey,
      context: aliceToBob,
    });
    expect(openAsBob(sealed)).toBe("wrong-key");
    const relabelled = concat(envelope.subarray(0, 20), sealed.subarray(20));
    expect(openAsBob(relabelled)).toBe("cannot-open");
  });

  test("an envelope for Mallory, relabelled for Bob, does not open", () => {
    const sealed = sealEnvelope(alice.keyring, {
      ...content,
      recipientKey: mallory.publicKey,
      context: aliceToBob,
    });
    expect(openAsBob(sealed)).toBe("wrong-key");
    expect(openAsBob(concat(envelope.subarray(0, 20), sealed.subarray(20)))).toBe("cannot-open");
  });

  test("a wrong key given for the other person is refused", () => {
    const given = { ...fromAlice(envelope), senderKey: mallory.publicKey };
    expect(codeOf(() => openEnvelope(bob.keyring, given))).toBe("wrong-key");
  });
});

describe("an inside that is sealed rightly but written wrongly", () => {
  const key = sharedKey(alice.secretKey, bob.publicKey);
  const inner = encodeInner({ ...keys, ...content, context: aliceToBob });
  const open = (bytes: Uint8Array) => openAsBob(sealInner(keys, key, new Uint8Array(24).fill(7), bytes));
  const patched = (offset: number, bytes: readonly number[]) => {
    const copy = zeroPadded(inner).slice();
    copy.set(bytes, offset);
    return copy;
  };

  test("opens while nothing is wrong", () => {
    expect(open(zeroPadded(inner))).toBe("nothing thrown");
  });

  test("padding of anything but zeros is refused, wherever it is", () => {
    for (let index = inner.length; index < 256; index++)
      expect(open(patched(index, [1]))).toBe("bad-padding");
  });

  test("a padded length larger than prescribed is refused", () => {
    expect(open(concat(zeroPadded(inner), new Uint8Array(16)))).toBe("bad-padding");
  });

  test.each([
    ["one more than fits", [0, 0, 0, 172]],
    ["far more than there is", [255, 255, 255, 255]],
    ["fewer, so that text lies in the padding", [0, 0, 0, 3]],
  ])("a body length of %s is refused", (_, length) => {
    expect(open(patched(81, length))).toBe("bad-padding");
  });

  test("a counter of zero, or over 2^53 - 1, is refused", () => {
    expect(open(patched(49, [0, 0, 0, 0, 0, 0, 0, 0]))).toBe("bad-counter");
    expect(open(patched(49, [0, 32, 0, 0, 0, 0, 0, 0]))).toBe("bad-counter");
    expect(open(patched(49, [0, 32, 0, 0, 0, 0, 0, 1]))).toBe("bad-counter");
    expect(open(patched(49, [0, 31, 255, 255, 255, 255, 255, 255]))).toBe("nothing thrown");
  });

  test("a time over 2^53 - 1 is refused", () => {
    expect(open(patched(57, [255, 255, 255, 255, 255, 255, 255, 255]))).toBe("bad-number");
  });

  test("a body over 64 KiB is refused, though its padded length is allowed", () => {
    const large = encodeInner({ ...keys, ...content, context: aliceToBob, body: new Uint8Array(65_537) });
    expect(open(zeroPadded(large))).toBe("too-large");
  });

  test("the context is looked at before the padding", () => {
    expect(open(withByte(patched(255, [1]), 0, (inner[0] ?? 0) ^ 1))).toBe("wrong-context");
  });
});
