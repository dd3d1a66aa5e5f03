import { randomUUID } from "node:crypto";
import { parseCursor, type FeedEvent } from "@sotto/protocol";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { findFeedHead, putAccountData, readFeed, readFeeds, type Db } from "../src/index.ts";
import { acknowledge } from "./support/alone.ts";
import { onBothEngines } from "./support/engines.ts";
import { createPair, createPerson, cursorOf, readWholeFeed, sendSome } from "./support/people.ts";

const start = { seq: 0, tag: null };
const resync = { kind: "resync" };

onBothEngines("feeds", (current) => {
  const read = (userId: string, after: Parameters<typeof readFeed>[1]["after"], limit = 100) =>
    readFeed(current.db, { userId, after, limit });

  it("is empty for a new person, with the head at the beginning", async () => {
    const user = await createPerson(current.db);
    expect(await findFeedHead(current.db, user.id)).toBe("0");
    expect(await read(user.id, start)).toEqual({ kind: "events", events: [], lastSeq: 0 });
    expect(await read(user.id, { seq: 1, tag: "0123456789abcdef" })).toEqual(resync);
  });

  it("numbers events 1, 2, 3, … and goes on after any of them", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 5);
    const events = await readWholeFeed(current.db, bob);
    expect(events.map((event) => cursorOf(event).seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(events.map((event) => cursorOf(event).tag)).size).toBe(6);
    expect(await findFeedHead(current.db, bob.id)).toBe(events.at(-1)?.cursor);
    for (const [index, event] of events.entries()) {
      expect(await read(bob.id, cursorOf(event))).toEqual({
        kind: "events",
        events: events.slice(index + 1),
        lastSeq: 6,
      });
    }
    expect(await read(bob.id, cursorOf(events[1]), 2)).toEqual({
      kind: "events",
      events: events.slice(2, 4),
      lastSeq: 6,
    });
    expect(await readWholeFeed(current.db, bob, 1)).toEqual(events);
  });

  it("ends a page before its messages are too large together, but gives at least one event", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 5);
    const events = await readWholeFeed(current.db, bob);
    const bytes = events.map((event) => (event.kind === "message" ? event.message.content.length : 0));
    const pageOf = (after: (typeof events)[number] | undefined, maxBytes: number) =>
      readFeed(current.db, { userId: bob.id, after: cursorOf(after), limit: 100, maxBytes });
    expect(await pageOf(events[0], 1)).toEqual({ kind: "events", events: events.slice(1, 2), lastSeq: 6 });
    const three = bytes.slice(2, 5).reduce((sum, size) => sum + size, 0);
    expect(await pageOf(events[1], three)).toEqual({
      kind: "events",
      events: events.slice(2, 5),
      lastSeq: 6,
    });
    expect(await pageOf(events[1], three - 1)).toEqual({
      kind: "events",
      events: events.slice(2, 4),
      lastSeq: 6,
    });
  });

  it("reads no further than it is asked to", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 4);
    const events = await readWholeFeed(current.db, bob);
    const place = { userId: bob.id, after: cursorOf(events[1]), limit: 100 };
    expect(await readFeed(current.db, { ...place, upTo: 4 })).toEqual({
      kind: "events",
      events: events.slice(2, 4),
      lastSeq: 5,
    });
  });

  it("reads many feeds at once as it reads each of them, and what is wrong with one is its own affair", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const other = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 3);
    await sendSome(current.db, other.conversationId, other.bob, other.alice, 1);
    const bobs = await readWholeFeed(current.db, bob);
    const stranger = await createPerson(current.db);
    const places = [
      { userId: bob.id, after: cursorOf(bobs[1]) },
      { userId: other.alice.id, after: start },
      { userId: other.bob.id, after: start },
      { userId: alice.id, after: cursorOf(bobs[0]) },
      { userId: bob.id, after: start },
      { userId: stranger.id, after: start },
      { userId: randomUUID(), after: start },
    ];
    for (const bounds of [{ limit: 100 }, { limit: 2 }, { limit: 100, maxBytes: 30 }]) {
      const alone = await Promise.all(places.map((place) => readFeed(current.db, { ...place, ...bounds })));
      expect(await readFeeds(current.db, places, bounds)).toEqual(alone);
    }
    await sql`update feed_events set kind = 'read', message_id = null where user_id = ${other.alice.id} and seq = 2`.execute(
      current.db,
    );
    const outcomes = await readFeeds(current.db, places, { limit: 100 });
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      "events",
      "broken",
      "events",
      "resync",
      "events",
      "events",
      "events",
    ]);
    await expect(
      readFeed(current.db, { userId: other.alice.id, after: start, limit: 1 }),
    ).resolves.toMatchObject({
      lastSeq: 2,
    });
    await expect(readFeed(current.db, { userId: other.alice.id, after: start, limit: 9 })).rejects.toThrow(
      "incomplete",
    );
  });

  it("asks for a resync when the cursor has another tag, lies ahead or belongs to somebody else", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 2);
    const [first, second] = await readWholeFeed(current.db, bob);
    const { seq } = cursorOf(first);
    expect(await read(bob.id, { seq, tag: cursorOf(second).tag })).toEqual(resync);
    expect(await read(bob.id, { seq: 99, tag: cursorOf(first).tag })).toEqual(resync);
    expect(await read(alice.id, cursorOf(first))).toEqual(resync);
  });

  it("asks for a resync where the feed was trimmed, and goes on from what is left", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 4);
    const events = await readWholeFeed(current.db, bob);
    await trim(current.db, bob.id, [1, 2]);
    expect(await read(bob.id, start)).toEqual(resync);
    expect(await read(bob.id, cursorOf(events[1]))).toEqual(resync);
    expect(await read(bob.id, cursorOf(events[2]))).toEqual({
      kind: "events",
      events: events.slice(3),
      lastSeq: 5,
    });
    await trim(current.db, bob.id, [3, 4, 5]);
    expect(await read(bob.id, start)).toEqual(resync);
  });

  it("stops before a hole rather than skip it", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 4);
    const events = await readWholeFeed(current.db, bob);
    await trim(current.db, bob.id, [3]);
    expect(await read(bob.id, start)).toEqual({ kind: "events", events: events.slice(0, 2), lastSeq: 5 });
    expect(await read(bob.id, cursorOf(events[1]))).toEqual(resync);
  });

  it("shows every event in the shape of the wire", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const [messageId] = await sendSome(current.db, conversationId, alice, bob, 1);
    const head = parseCursor(await findFeedHead(current.db, bob.id)) ?? start;
    await acknowledge(current.db, { userId: bob.id, cursor: head });
    await putAccountData(current.db, { userId: alice.id, version: 0, sealed: "YQ==" });
    const events = await readWholeFeed(current.db, alice);
    expect(events.map(withoutCursor)).toEqual([
      { kind: "conversation", conversation: expect.objectContaining({ id: conversationId }) },
      {
        kind: "message",
        message: expect.objectContaining({ id: messageId, deliveredAt: expect.any(String) }),
      },
      {
        kind: "receipt",
        conversationId,
        userId: bob.id,
        state: "delivered",
        messageIds: [messageId],
        at: expect.any(String),
      },
      { kind: "account", version: 1 },
    ]);
  });
});

function withoutCursor(event: FeedEvent) {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== "cursor"));
}

async function trim(db: Db, userId: string, seqs: number[]): Promise<void> {
  await db.deleteFrom("feed_events").where("user_id", "=", userId).where("seq", "in", seqs).execute();
}
