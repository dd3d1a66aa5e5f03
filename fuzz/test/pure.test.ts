import { createAccessTokens } from "@sotto/server/access-tokens";
import { expect, it } from "vitest";
import { describeFound } from "../src/report.ts";
import { attemptOne, fuzz } from "../src/run.ts";
import type { Target } from "../src/target.ts";
import { base64Target } from "../src/targets/base64.ts";
import { envelopeTarget } from "../src/targets/envelope.ts";
import { recoveryKeyTarget } from "../src/targets/recovery-key.ts";
import { tokensTarget } from "../src/targets/tokens.ts";
import { createPureTargets } from "../src/targets.ts";

it.each([
  ["the same", 1],
  ["a changing", Date.now() % 2 ** 32],
])("no input of %s seed is accepted wrongly or answered by an untyped error", async (_, seed) => {
  const { inputs, found } = await fuzz(createPureTargets(seed), seed, { inputs: 60_000 });
  expect(found.flatMap((each) => describeFound(seed, each)).join("\n")).toBe("");
  expect(Object.values(inputs).every((count) => count > 500)).toBe(true);
});

const lax: [string, Target, string][] = [
  [
    "a decoder that overlooks what is foreign",
    base64Target({
      base64: (text) => Buffer.from(text, "base64"),
      base64url: (text) => Buffer.from(text, "base64url"),
    }),
    "accepted",
  ],
  [
    "a decoder that fails with an error of the platform",
    base64Target({
      base64: (text) => Buffer.from(atob(text), "latin1"),
      base64url: (text) => Buffer.from(text),
    }),
    "untyped",
  ],
  [
    "a decoder that gives other bytes",
    base64Target({ base64: () => new Uint8Array(1), base64url: () => new Uint8Array(1) }),
    "refused",
  ],
  ["a recovery key whose check is not looked at", recoveryKeyTarget(() => new Uint8Array(32)), "accepted"],
  [
    "envelopes that open whatever they are",
    envelopeTarget(1, () => ({
      kind: 1,
      device: new Uint8Array(16),
      counter: 1,
      sentAt: 0,
      previous: new Uint8Array(16),
      body: new Uint8Array(),
    })),
    "accepted",
  ],
  [
    "envelopes whose length is not looked at",
    envelopeTarget(1, (_, { envelope }) => {
      throw new RangeError(`out of bounds: ${envelope.length}`);
    }),
    "untyped",
  ],
  [
    "tokens of which only the kind is forgotten",
    tokensTarget((secret, lifetimes) => {
      const tokens = createAccessTokens(secret, lifetimes);
      const findAny = (token: string) =>
        tokens.findAccessSession(token) ?? tokens.findTicket(token)?.session ?? null;
      return { ...tokens, findAccessSession: findAny };
    }),
    "accepted",
  ],
];

it.each(lax)("finds %s", async (_, target, fault) => {
  const { found } = await fuzz([target], 7, { inputs: 20_000 });
  expect(found.map((each) => each.fault)).toContain(fault);
});

it("makes an input again from its seed and number", async () => {
  const [, target] = lax[0] ?? [];
  if (!target) throw new Error("There is a lax one.");
  const first = await fuzz([target], 3, { inputs: 2_000 });
  const [finding] = first.found;
  expect(finding?.index).not.toBeNull();
  expect(await attemptOne(target, 3, finding?.index ?? 0)).toEqual(finding);
  expect(await fuzz([target], 3, { inputs: 2_000 })).toEqual(first);
  const other = await fuzz([target], 4, { inputs: 2_000 });
  expect(other.found[0]?.input).not.toBe(finding?.input);
});
