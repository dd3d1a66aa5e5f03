import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isKeyChanged,
  isKeyRefused,
  isVerified,
  keyChangeTimes,
  mergePins,
  observe,
  openingKeys,
  withAccepted,
  withoutDecisions,
  withTimes,
  withVerified,
} from "../src/pins.ts";
import type { Pins } from "../src/records.ts";

const bob = { id: "b", username: "bob", publicKey: "K1" };
const swapped = { ...bob, publicKey: "K2" };
const again = { ...bob, publicKey: "K3" };

/** What an observer sees who was there from the first key on, one key at each time. */
function seen(...people: (typeof bob)[]): Pins {
  return people.reduce((pins: Pins, person, index) => observe(pins, person, (index + 1) * 10), {});
}

test("the key of first contact is pinned, another one is a change", () => {
  expect(isKeyChanged(seen(bob), bob)).toBe(false);
  expect(isKeyChanged(seen(bob), swapped)).toBe(true);
  expect(isKeyChanged(seen(bob, swapped), swapped)).toBe(true);
  expect(seen(bob, swapped)["b"]?.keys).toEqual(["K1", "K2"]);
});

test("seeing the same again changes nothing", () => {
  const pins = seen(bob);
  expect(observe(pins, bob, 99)).toBe(pins);
  expect(withTimes(pins, 99)).toBe(pins);
});

test("a verified key becomes the pinned one, is the only one that opens, and any other is refused", () => {
  const pins = withVerified(seen(bob, swapped), swapped, true, 30);
  expect([isKeyChanged(pins, swapped), isKeyRefused(pins, swapped)]).toEqual([false, false]);
  expect([isKeyChanged(pins, bob), isKeyRefused(pins, bob)]).toEqual([true, true]);
  expect(openingKeys(pins, "b")).toEqual(["K2"]);
});

test("a change stays shown when the first key comes back, until one of them is verified", () => {
  const pins = seen(bob, swapped);
  expect(isKeyChanged(pins, bob)).toBe(true);
  expect(isKeyChanged(withVerified(pins, bob, true, 30), bob)).toBe(false);
});

test("a known name under another id is the known person with a changed key", () => {
  const impostor = { id: "x", username: "BOB", publicKey: "K2" };
  const after = observe(withVerified(seen(bob), bob, true, 20), impostor, 30);
  expect([isKeyChanged(after, impostor), isKeyRefused(after, impostor)]).toEqual([true, true]);
  expect(keyChangeTimes(after, "x")).toEqual([30]);
});

test("each change has the time at which it was first seen, and the first contact is none", () => {
  const pins = seen(bob, swapped, bob, again);
  expect(keyChangeTimes(pins, "b")).toEqual([20, 40]);
  // Which of them was verified since does not change what happened when.
  expect(keyChangeTimes(withVerified(pins, again, true, 50), "b")).toEqual([20, 40]);
  expect(keyChangeTimes({}, "b")).toEqual([]);
});

test("a change that was noted before times were kept is told of when it is noticed, unless the key was compared", () => {
  const legacy: Pins = {
    b: { username: "bob", keys: ["K1", "K2"], verified: false, verifiedAt: 0, seen: {}, accepted: {} },
  };
  expect(keyChangeTimes(withTimes(legacy, 70), "b")).toEqual([70]);
  expect(keyChangeTimes(withTimes(withVerified(legacy, swapped, true, 60), 70), "b")).toEqual([]);
});

test("an accepted key ends the stop for itself alone, opens messages, and is not a verified one", () => {
  const verified = withVerified(seen(bob), bob, true, 20);
  const refused = observe(verified, swapped, 30);
  expect(isKeyRefused(refused, swapped)).toBe(true);
  const accepted = withAccepted(refused, swapped, 40);
  expect([isKeyChanged(accepted, swapped), isKeyRefused(accepted, swapped)]).toEqual([false, false]);
  expect([isVerified(accepted, swapped), isVerified(accepted, bob)]).toEqual([false, true]);
  expect(openingKeys(accepted, "b")).toEqual(["K1", "K2"]);

  const next = observe(accepted, again, 50);
  expect([isKeyChanged(next, again), isKeyRefused(next, again)]).toEqual([true, true]);
  expect(openingKeys(next, "b")).toEqual(["K1", "K2"]);
  expect(isKeyRefused(next, swapped)).toBe(false);
});

test("an unverified person's new key can be accepted; a third one, or the first one back, is a change again", () => {
  const accepted = withAccepted(seen(bob, swapped), swapped, 30);
  expect(isKeyChanged(accepted, swapped)).toBe(false);
  expect(isKeyChanged(accepted, bob)).toBe(true);
  const third = observe(accepted, again, 40);
  expect([isKeyChanged(third, again), isKeyChanged(third, swapped)]).toEqual([true, true]);
});

test("what is verified later stands over what was accepted, also where the clock goes back", () => {
  const accepted = withAccepted(observe(withVerified(seen(bob), bob, true, 20), swapped, 30), swapped, 9_000);
  const verified = withVerified(accepted, bob, true, 50);
  expect([isKeyRefused(verified, swapped), openingKeys(verified, "b")]).toEqual([true, ["K1"]]);
  expect(isKeyRefused(withAccepted(verified, swapped, 10), swapped)).toBe(false);
});

test("an older word on what was decided can be left out, and what was seen stays", () => {
  const pins = withAccepted(observe(withVerified(seen(bob), bob, true, 20), swapped, 30), swapped, 40);
  const left = withoutDecisions(pins);
  expect(isVerified(left, bob)).toBe(false);
  expect(isKeyChanged(left, swapped)).toBe(true);
  expect(keyChangeTimes(left, "b")).toEqual([30]);
});

test("pins of two devices are united; where they differ, the change shows on both", () => {
  const merged = mergePins(seen(bob), seen(swapped));
  expect(merged["b"]?.keys).toEqual(["K1", "K2"]);
  expect(isKeyChanged(merged, swapped)).toBe(true);
  expect(keyChangeTimes(withTimes(merged, 80), "b")).toEqual([80]);
});

test("the later word on what was verified counts, whichever device says it first", () => {
  const verified = withVerified(seen(bob), bob, true, 20);
  const takenBack = withVerified(verified, bob, false, 30);
  for (const merged of [mergePins(verified, takenBack), mergePins(takenBack, verified)]) {
    expect(merged["b"]?.verified).toBe(false);
  }
  const elsewhere = withVerified(seen(swapped), swapped, true, 40);
  expect(mergePins(takenBack, elsewhere)["b"]).toMatchObject({ keys: ["K2", "K1"], verified: true });
});

test("whatever two devices did, both end with every key and the same decisions, in whatever order they meet", () => {
  const person = fc.constantFrom(bob, swapped, again);
  const step = fc.record({
    person,
    kind: fc.constantFrom("observe", "verify", "take back", "accept"),
    at: fc.integer({ min: 1, max: 1_000 }),
  });
  const device = fc.array(step, { maxLength: 6 }).map((steps) =>
    steps.reduce((pins: Pins, { person: one, kind, at }) => {
      const known = observe(pins, one, at);
      if (kind === "observe") return known;
      return kind === "accept"
        ? withAccepted(known, one, at)
        : withVerified(known, one, kind === "verify", at);
    }, seen(bob)),
  );
  fc.assert(
    fc.property(device, device, device, (a, b, c) => {
      fc.pre(new Set([a, b, c].map((pins) => pins["b"]?.verifiedAt)).size === 3);
      const one = mergePins(mergePins(a, b), c);
      const other = mergePins(c, mergePins(b, a));
      for (const { publicKey } of [bob, swapped, again]) {
        const key = { id: "b", publicKey };
        expect(isKeyRefused(one, key)).toBe(isKeyRefused(other, key));
        expect(isVerified(one, key)).toBe(isVerified(other, key));
      }
      expect(new Set(one["b"]?.keys)).toEqual(new Set(other["b"]?.keys));
      for (const pins of [a, b, c]) {
        for (const key of pins["b"]?.keys ?? []) expect(one["b"]?.keys).toContain(key);
      }
      expect(one["b"]?.seen).toEqual(other["b"]?.seen);
      expect(one["b"]?.accepted).toEqual(other["b"]?.accepted);
      expect(mergePins(one, b)).toEqual(one);
    }),
  );
});
