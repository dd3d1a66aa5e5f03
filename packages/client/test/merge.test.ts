import type { FeedEvent } from "@sotto/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextEvents } from "../src/feed.ts";
import { earliestMarks, laterState, mergeMessage } from "../src/merge.ts";
import { isKeyChanged, isKeyRefused, mergePins, observe, openingKeys, withVerified } from "../src/pins.ts";
import type { MessageRecord } from "../src/records.ts";
import type { MessageState } from "../src/types.ts";

const message: MessageRecord = {
  id: "m",
  conversationId: "c",
  senderId: "a",
  recipientId: "b",
  text: "hi",
  createdAt: "2026-01-01T00:00:00.000001Z",
  state: "sent",
};

describe("states of a message", () => {
  test("end the same in whatever order and however often they arrive", () => {
    const own = fc.constantFrom<MessageState>("queued", "sent", "delivered", "read");
    fc.assert(
      fc.property(
        fc.array(own, { minLength: 1 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (states, repeats) => {
          const reference = states.reduce(laterState);
          const shuffled = [
            ...states,
            ...repeats.map((index) => states[index % states.length] ?? "queued"),
          ].toReversed();
          expect(shuffled.reduce(laterState)).toBe(reference);
        },
      ),
    );
  });

  test("a page of history that is behind the feed takes nothing back", () => {
    const read = { ...message, state: "read" as const };
    expect(mergeMessage(read, { ...message, state: "delivered" })).toEqual(read);
  });

  test("the times of its marks end the same in whatever order and however often they arrive, and are the first ones", () => {
    const time = fc.integer({ min: 0, max: 9 }).map((number) => `2026-01-01T00:00:00.00000${number}Z`);
    const marks = fc.record({ deliveredAt: time, readAt: time }, { requiredKeys: [] });
    const record = marks.map((known): MessageRecord => Object.assign({ ...message }, known));
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (all, repeats) => {
          const arrived = [
            ...all,
            ...repeats.map((index) => all[index % all.length] ?? message),
          ].toReversed();
          const merged = arrived.reduce(mergeMessage);
          expect(merged).toEqual(all.reduce(mergeMessage));
          const first = (times: (string | undefined)[]) => times.filter((at) => at !== undefined).sort()[0];
          expect([merged.deliveredAt, merged.readAt]).toEqual([
            first(all.map(({ deliveredAt }) => deliveredAt)),
            first(all.map(({ readAt }) => readAt)),
          ]);
        },
      ),
    );
    // A store of an earlier version has no times, and gets none that nobody said.
    expect(earliestMarks(message, message)).toEqual({});
  });

  test("what could not be opened before is replaced once it can", () => {
    const unreadable = { ...message, text: "", problem: "unreadable" as const };
    expect(mergeMessage(unreadable, message)).toEqual(message);
    expect(mergeMessage(message, unreadable)).toEqual(message);
  });
});

describe("the next events of a feed", () => {
  const event = (seq: number): FeedEvent => ({
    kind: "account",
    version: seq,
    cursor: `${seq}.00000000000000aa`,
  });
  const seqs = (events: FeedEvent[] | "hole") =>
    events === "hole" ? events : events.map(({ cursor }) => Number(cursor.split(".")[0]));

  test("are those that follow the cursor without a gap", () => {
    expect(seqs(nextEvents([event(1), event(2)], "0"))).toEqual([1, 2]);
    expect(seqs(nextEvents([event(1), event(2), event(3)], "2.00000000000000aa"))).toEqual([3]);
  });

  test("are none where all were applied before", () => {
    expect(nextEvents([event(1), event(2)], "2.00000000000000aa")).toEqual([]);
  });

  test("end before a gap, and a gap at the start is a hole", () => {
    expect(seqs(nextEvents([event(1), event(3)], "0"))).toEqual([1]);
    expect(nextEvents([event(3)], "1.00000000000000aa")).toBe("hole");
  });

  test("never skip or repeat a number, whatever arrives", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 12 }))), (batches) => {
        let cursor = 0;
        for (const batch of batches) {
          const next = nextEvents(batch.map(event), cursor === 0 ? "0" : `${cursor}.00000000000000aa`);
          if (next === "hole") continue;
          for (const applied of seqs(next)) {
            expect(applied).toBe(cursor + 1);
            cursor = Number(applied);
          }
        }
      }),
    );
  });
});

describe("pins", () => {
  const bob = { id: "b", username: "bob", publicKey: "K1" };

  test("the key of first contact is pinned, another one is a change", () => {
    const pins = observe({}, bob);
    expect(isKeyChanged(pins, bob)).toBe(false);
    const swapped = { ...bob, publicKey: "K2" };
    expect(isKeyChanged(observe(pins, swapped), swapped)).toBe(true);
    expect(observe(pins, swapped)["b"]?.keys).toEqual(["K1", "K2"]);
  });

  test("seeing the same again changes nothing", () => {
    const pins = observe({}, bob);
    expect(observe(pins, bob)).toBe(pins);
  });

  test("a verified key becomes the pinned one, is the only one that opens, and any other is refused", () => {
    const swapped = { ...bob, publicKey: "K2" };
    const pins = withVerified(observe(observe({}, bob), swapped), swapped, true, 1);
    expect([isKeyChanged(pins, swapped), isKeyRefused(pins, swapped)]).toEqual([false, false]);
    expect([isKeyChanged(pins, bob), isKeyRefused(pins, bob)]).toEqual([true, true]);
    expect(openingKeys(pins, "b")).toEqual(["K2"]);
  });

  test("a change stays shown when the first key comes back, until one of them is verified", () => {
    const pins = observe(observe({}, bob), { ...bob, publicKey: "K2" });
    expect(isKeyChanged(pins, bob)).toBe(true);
    expect(isKeyChanged(withVerified(pins, bob, true, 1), bob)).toBe(false);
  });

  test("a known name under another id is the known person with a changed key", () => {
    const pins = withVerified(observe({}, bob), bob, true, 1);
    const impostor = { id: "x", username: "BOB", publicKey: "K2" };
    const after = observe(pins, impostor);
    expect([isKeyChanged(after, impostor), isKeyRefused(after, impostor)]).toEqual([true, true]);
  });

  test("of two devices are united; where they differ, the change shows on both", () => {
    const here = observe({}, bob);
    const there = observe({}, { ...bob, publicKey: "K2" });
    const merged = mergePins(here, there);
    expect(merged["b"]?.keys).toEqual(["K1", "K2"]);
    expect(isKeyChanged(merged, { ...bob, publicKey: "K2" })).toBe(true);
  });

  test("the later word on what was verified counts, whichever device says it first", () => {
    const verified = withVerified(observe({}, bob), bob, true, 1);
    const takenBack = withVerified(verified, bob, false, 2);
    for (const merged of [mergePins(verified, takenBack), mergePins(takenBack, verified)]) {
      expect(merged["b"]?.verified).toBe(false);
    }
    const elsewhere = withVerified(
      observe({}, { ...bob, publicKey: "K2" }),
      { ...bob, publicKey: "K2" },
      true,
      3,
    );
    expect(mergePins(takenBack, elsewhere)["b"]).toMatchObject({ keys: ["K2", "K1"], verified: true });
  });
});
