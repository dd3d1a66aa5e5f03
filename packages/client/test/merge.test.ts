import type { FeedEvent } from "@sotto/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextEvents } from "../src/feed.ts";
import { earliestMarks, laterState, mergeMessage } from "../src/merge.ts";
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
    // What comes from a server says of everything that was seen when it had arrived.
    const record = marks.map((known): MessageRecord =>
      Object.assign({ ...message }, earliestMarks(known, known)),
    );
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
            first(all.flatMap(({ deliveredAt, readAt }) => [deliveredAt, readAt])),
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
