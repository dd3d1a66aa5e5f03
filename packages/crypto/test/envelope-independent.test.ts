import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openEnvelope } from "../src/index.ts";
import { toHex } from "./support/bytes.ts";
import {
  encodeHead,
  encodeInner,
  openInner,
  sealInner,
  sharedKey,
  zeroPadded,
} from "./support/independent.ts";
import { alice, aliceToBob, bob, content, fromAlice, sealAliceToBob } from "./support/people.ts";

const keys = { senderKey: alice.publicKey, recipientKey: bob.publicKey };
const aliceSide = sharedKey(alice.secretKey, bob.publicKey);
const bobSide = sharedKey(bob.secretKey, alice.publicKey);
const anyBody = fc.uint8Array({ maxLength: 3_000 });
const anyNonce = fc.uint8Array({ minLength: 24, maxLength: 24 });

test("what noble seals, we open", () => {
  fc.assert(
    fc.property(anyBody, anyNonce, (body, nonce) => {
      const inner = zeroPadded(encodeInner({ ...keys, ...content, body, context: aliceToBob }));
      const opened = openEnvelope(bob.keyring, fromAlice(sealInner(keys, aliceSide, nonce, inner)));
      expect(opened).toEqual({ ...content, body: Uint8Array.from(body) });
    }),
  );
});

test("what we seal, noble opens, to the same bytes", () => {
  fc.assert(
    fc.property(anyBody, (body) => {
      const envelope = sealAliceToBob({ body });
      const expected = zeroPadded(encodeInner({ ...keys, ...content, body, context: aliceToBob }));
      expect(toHex(openInner(bobSide, envelope))).toBe(toHex(expected));
      expect(toHex(envelope.subarray(0, 20))).toBe(toHex(encodeHead(keys)));
    }),
  );
});
