import { assertEnvelope, decodeBase64, parsePublicKey } from "@sotto/crypto";
import { expect, test } from "vitest";
import { createCast, numberedBytes, numberOf } from "../src/cast.ts";

test("the bytes of a pair are an envelope between the two, 424 characters long, and carry their number", () => {
  const { people, pairs } = createCast(2);
  for (const pair of pairs) {
    for (const number of [0, 7, 12_345_678]) {
      const bytes = numberedBytes(pair, number);
      expect(bytes).toHaveLength(424);
      expect(numberOf(bytes)).toBe(number);
      const keyOf = (index: number) => parsePublicKey(people[index]?.publicKey ?? "");
      assertEnvelope(decodeBase64(bytes), { senderKey: keyOf(pair.from), recipientKey: keyOf(pair.to) });
    }
  }
});
