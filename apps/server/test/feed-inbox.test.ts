import type { FeedRun } from "@sotto/db";
import type { FeedEvent } from "@sotto/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FeedInbox } from "../src/lib/feed-inbox.ts";

const me = "018f3c6e-0000-7000-8000-00000000000a";
const other = "018f3c6e-0000-7000-8000-00000000000b";
const lazyMs = 100;
const time = "2026-01-01T00:00:00.000000Z";

function message(seq: number, senderId: string, content = "YQ=="): FeedEvent {
  const place = { conversationId: other, id: other, senderId, recipientId: me, content };
  return {
    kind: "message",
    cursor: `${seq}.0123456789abcdef`,
    message: { ...place, createdAt: time, deliveredAt: null, readAt: null },
  };
}

/** Events `after + 1` to `last`, from the other one unless they are one's own. */
function run(after: number, last: number, senderId = other): FeedRun {
  const events = Array.from({ length: last - after }, (_, index) => message(after + index + 1, senderId));
  return { userId: me, after, events };
}

/** One that has read the database once, as every reader does first. */
function readInbox(signal = new AbortController().signal): FeedInbox {
  const inbox = new FeedInbox(me, lazyMs, signal);
  inbox.takeUnread();
  return inbox;
}

const numbers = (events: FeedEvent[]) => events.map(({ cursor }) => Number(cursor.split(".")[0]));

describe("the inbox of a feed", () => {
  it("begins with the database", () => {
    const inbox = new FeedInbox(me, lazyMs, new AbortController().signal);
    expect(inbox.take(0)).toEqual([]);
    expect(inbox.takeUnread()).toBe(true);
    expect(inbox.takeUnread()).toBe(false);
  });

  it("gives runs that go on where the reader is, each event once", () => {
    const inbox = readInbox();
    inbox.put(run(4, 6));
    inbox.put(run(6, 7));
    expect(numbers(inbox.take(4))).toEqual([5, 6, 7]);
    expect(inbox.take(7)).toEqual([]);
    expect(inbox.takeUnread()).toBe(false);
  });

  it("cuts off what the reader has from the database already", () => {
    const inbox = readInbox();
    inbox.put(run(1, 3));
    inbox.put(run(3, 5));
    expect(numbers(inbox.take(4))).toEqual([5]);
  });

  it("puts runs in order that come out of turn", () => {
    const inbox = readInbox();
    for (const [after, last] of [
      [5, 6],
      [6, 8],
      [4, 5],
    ] as const)
      inbox.put(run(after, last));
    expect(numbers(inbox.take(4))).toEqual([5, 6, 7, 8]);
    expect(inbox.takeUnread()).toBe(false);
  });

  it("sends the reader to the database where a run is missing, and goes on behind it", () => {
    const inbox = readInbox();
    inbox.put(run(6, 7));
    inbox.put(run(9, 10));
    inbox.put(run(10, 11));
    expect(numbers(inbox.take(6))).toEqual([7]);
    expect(inbox.take(7)).toEqual([]);
    expect(inbox.takeUnread()).toBe(true);
    expect(inbox.gapAfter(7)).toEqual({ upTo: 9 });
    inbox.learnLast(11);
    // The reader was given less than the gap.
    expect(inbox.take(8)).toEqual([]);
    expect(inbox.takeUnread()).toBe(true);
    expect(numbers(inbox.take(9))).toEqual([10, 11]);
    expect(inbox.take(11)).toEqual([]);
    expect(inbox.takeUnread()).toBe(false);
    expect(inbox.gapAfter(11)).toEqual({});
  });

  it("keeps what was handed over when it hears of something to read", () => {
    const inbox = readInbox();
    inbox.put(run(4, 6));
    inbox.put(null);
    expect(numbers(inbox.take(4))).toEqual([5, 6]);
    expect(inbox.take(6)).toEqual([]);
    expect(inbox.takeUnread()).toBe(true);
  });

  it("sends the reader to the database for what that is known to have and nobody hands over", () => {
    const inbox = readInbox();
    inbox.learnLast(8);
    inbox.put(run(4, 7));
    expect(numbers(inbox.take(4))).toEqual([5, 6, 7]);
    expect(inbox.takeUnread()).toBe(false);
    expect(inbox.take(7)).toEqual([]);
    expect(inbox.takeUnread()).toBe(true);
  });

  it("keeps few large messages, and at least one", () => {
    const large = (seq: number): FeedRun => ({
      userId: me,
      after: seq - 1,
      events: [message(seq, other, "A".repeat(50_000))],
    });
    const inbox = readInbox();
    for (const seq of [1, 2]) inbox.put(large(seq));
    expect(numbers(inbox.take(0))).toEqual([1, 2]);
    for (const seq of [3, 4, 5]) inbox.put(large(seq));
    expect(inbox.take(2)).toEqual([]);
    expect(inbox.takeUnread()).toBe(true);
  });

  it("keeps no more than a little for a reader that does not come", () => {
    const inbox = readInbox();
    for (let after = 0; after < 10_000; after += 100) inbox.put(run(after, after + 100));
    expect(inbox.take(0)).toEqual([]);
    expect(inbox.takeUnread()).toBe(true);
  });
});

describe("waiting for news", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watch(waiting: Promise<void>): { settled: boolean } {
    const state = { settled: false };
    void waiting.then(() => {
      state.settled = true;
    });
    return state;
  }

  it("ends at once with a message of somebody else, also one that came before", async () => {
    const inbox = readInbox();
    const waiting = inbox.wait();
    inbox.put(run(0, 1));
    await waiting;
    inbox.take(0);
    inbox.put(run(1, 2));
    await inbox.wait();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets what the person sent wait for company, counted from the first", async () => {
    const inbox = readInbox();
    const state = watch(inbox.wait());
    inbox.put(run(0, 1, me));
    await vi.advanceTimersByTimeAsync(lazyMs - 1);
    inbox.put(run(1, 2, me));
    expect(state.settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(state.settled).toBe(true);
    expect(numbers(inbox.take(0))).toEqual([1, 2]);
  });

  it("takes what waits along when something urgent comes", async () => {
    const inbox = readInbox();
    const waiting = inbox.wait();
    inbox.put(run(0, 1, me));
    inbox.put(run(1, 2));
    await waiting;
    expect(numbers(inbox.take(0))).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends when the subscription does", async () => {
    const stop = new AbortController();
    const inbox = readInbox(stop.signal);
    const waiting = inbox.wait();
    inbox.put(run(0, 1, me));
    stop.abort();
    await waiting;
    await inbox.wait();
    expect(vi.getTimerCount()).toBe(0);
  });
});
