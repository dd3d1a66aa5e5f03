import { limits, parseCursor, type FeedEvent, type WireUser } from "@sotto/protocol";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { findFeedHead, listHistory, readFeed, type Db } from "../src/index.ts";
import { acknowledge, markRead, storeMessages } from "./support/alone.ts";
import { onBothEngines } from "./support/engines.ts";
import { createPerson, cursorOf, ofKind, openBetween, outgoing, readWholeFeed } from "./support/people.ts";

const senders = 12;
const rounds = 6;

type Link = { conversationId: string; from: WireUser; to: WireUser };

/** Everyone talks with everyone of a small circle, in both directions. */
async function createCircle(db: Db, size: number): Promise<{ people: WireUser[]; links: Link[] }> {
  const people: WireUser[] = [];
  for (let i = 0; i < size; i++) people.push(await createPerson(db));
  const links: Link[] = [];
  for (const [index, one] of people.entries()) {
    for (const other of people.slice(index + 1)) {
      const conversationId = await openBetween(db, one, other);
      links.push({ conversationId, from: one, to: other }, { conversationId, from: other, to: one });
    }
  }
  return { people, links };
}

function sendOver(db: Db, { conversationId, from, to }: Link, count: number) {
  const messages = Array.from({ length: count }, () => outgoing(conversationId, to.id));
  return storeMessages(db, { senderId: from.id, messages });
}

function expectWhole(events: FeedEvent[]): void {
  expect(events.map((event) => cursorOf(event).seq)).toEqual(events.map((_, index) => index + 1));
}

onBothEngines("races", (current) => {
  it("gives every feed all its messages, without a gap or a repetition and in the order of history", async () => {
    const { db } = current;
    const { people, links } = await createCircle(db, 4);
    const results = await Promise.all(
      Array.from({ length: senders }, async (_, index) => {
        const stored = [];
        for (let round = 0; round < rounds; round++) {
          const link = links[(index + round * 5) % links.length];
          if (link) stored.push(...(await sendOver(db, link, 3)).results);
        }
        return stored;
      }),
    );
    expect(results.flat()).toHaveLength(senders * rounds * 3);
    expect(results.flat().every(({ status }) => status === "stored")).toBe(true);

    const conversationIds = new Set(links.map((link) => link.conversationId));
    for (const person of people) {
      const events = await readWholeFeed(db, person);
      expectWhole(events);
      const messages = ofKind(events, "message").map(({ message }) => message);
      for (const conversationId of conversationIds) {
        const history = await listHistory(db, {
          conversationId,
          userId: person.id,
          limit: limits.historyPage,
        });
        if (history === "unknown-conversation") continue;
        expect(messages.filter((message) => message.conversationId === conversationId)).toEqual(
          typeof history === "string" ? history : history.messages.toReversed(),
        );
      }
    }
  });

  it("stores a message once that is sent many times at once", async () => {
    const { db } = current;
    const { people, links } = await createCircle(db, 2);
    const [link] = links;
    if (!link) throw new Error("There is no link.");
    const message = outgoing(link.conversationId, link.to.id);
    const sends = await Promise.all(
      Array.from({ length: senders }, () =>
        storeMessages(db, { senderId: link.from.id, messages: [message] }),
      ),
    );
    for (const send of sends) expect(send.results).toEqual(sends[0]?.results);
    expect(sends.flatMap(({ wake }) => wake)).toHaveLength(2);
    for (const person of people) expect(ofKind(await readWholeFeed(db, person), "message")).toHaveLength(1);
  });

  it("lets a reader follow a feed that is being written, and see every number once", async () => {
    const { db } = current;
    const { links } = await createCircle(db, 3);
    const toOne = links.filter((link) => link.to.id === links[0]?.to.id);
    const reader = links[0]?.to;
    if (!reader) throw new Error("There is no reader.");
    let done = false;
    const writing = Promise.all(
      toOne.map(async (link) => {
        for (let round = 0; round < rounds; round++) await sendOver(db, link, 2);
      }),
    ).finally(() => {
      done = true;
    });
    const seen: FeedEvent[] = [];
    for (let last = false; !last;) {
      last = done;
      const after = seen.length === 0 ? { seq: 0, tag: null } : cursorOf(seen.at(-1));
      const page = await readFeed(db, { userId: reader.id, after, limit: 7 });
      if (page.kind === "resync") throw new Error("The feed broke off.");
      seen.push(...page.events);
      if (page.events.length > 0) last = false;
    }
    await writing;
    expectWhole(seen);
    expect(seen.at(-1)?.cursor).toBe(await findFeedHead(db, reader.id));
  });

  it("sends, acknowledges and marks as read at once without a deadlock, and marks each message once", async () => {
    const { db } = current;
    const { people, links } = await createCircle(db, 3);
    const send = async (link: Link) => {
      for (let round = 0; round < rounds; round++) await sendOver(db, link, 2);
    };
    const confirm = async (person: WireUser) => {
      for (let round = 0; round < rounds; round++) {
        const cursor = parseCursor(await findFeedHead(db, person.id));
        if (!cursor) throw new Error("The feed has no head.");
        expect(await acknowledge(db, { userId: person.id, cursor })).toHaveProperty("wake");
      }
    };
    const read = async ({ conversationId, to }: Link) => {
      for (let round = 0; round < rounds; round++) {
        const newest = await listHistory(db, { conversationId, userId: to.id, limit: 1 });
        const messageId = typeof newest === "string" ? undefined : newest.messages[0]?.id;
        if (!messageId) continue;
        const result = await markRead(db, { userId: to.id, conversationId, messageId });
        if (typeof result === "string") throw new Error(result);
      }
    };
    const twice = <T>(items: T[]): T[] => [...items, ...items];
    await Promise.all([...links.map(send), ...twice(people).map(confirm), ...twice(links).map(read)]);
    // A deadlock would have been retried, and so would not show in any result.
    const { rows } = await sql<{ deadlocks: number }>`
      select deadlocks from pg_stat_database where datname = current_database()`.execute(db);
    expect(rows).toEqual([{ deadlocks: 0 }]);

    for (const person of people) await confirm(person);
    for (const person of people) {
      const events = await readWholeFeed(db, person);
      expectWhole(events);
      const sent = ofKind(events, "message").filter(({ message }) => message.senderId === person.id);
      const receipts = ofKind(events, "receipt");
      const marked = (state: "delivered" | "read") =>
        receipts.filter((receipt) => receipt.state === state).flatMap(({ messageIds }) => messageIds);
      for (const state of ["delivered", "read"] as const) {
        expect(new Set(marked(state)).size).toBe(marked(state).length);
      }
      const either = new Set([...marked("delivered"), ...marked("read")]);
      expect(sent.map(({ message }) => message.id).sort()).toEqual([...either].sort());
    }
  });
});
