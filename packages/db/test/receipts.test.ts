import { randomUUID } from "node:crypto";
import { limits, type WireMessage, type WireUser } from "@sotto/protocol";
import { expect, it } from "vitest";
import { type Db } from "../src/index.ts";
import { acknowledge, markRead } from "./support/alone.ts";
import { onBothEngines } from "./support/engines.ts";
import {
  createPair,
  createPerson,
  cursorOf,
  historyOf,
  ofKind,
  openBetween,
  readWholeFeed,
  sendSome,
  wireTimePattern,
} from "./support/people.ts";

async function inOrder(db: Db, user: WireUser, conversationId: string): Promise<WireMessage[]> {
  const { messages } = await historyOf(db, { conversationId, userId: user.id, limit: 1_000 });
  return messages.toReversed();
}

async function receiptsOf(db: Db, user: WireUser) {
  const events = ofKind(await readWholeFeed(db, user), "receipt");
  return events.map(({ state, messageIds }) => [state, messageIds]);
}

onBothEngines("receipts", (current) => {
  it("marks everything up to the cursor as delivered, once, and tells the sender", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const ids = await sendSome(current.db, conversationId, alice, bob, 5);
    await sendSome(current.db, conversationId, bob, alice, 1);
    const feed = await readWholeFeed(current.db, bob);
    const upTo = (index: number) =>
      acknowledge(current.db, { userId: bob.id, cursor: cursorOf(feed[index]) });

    expect(await upTo(3)).toEqual({ wake: [alice.id] });
    const marked = await inOrder(current.db, bob, conversationId);
    expect(marked.map(({ deliveredAt }) => deliveredAt !== null)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(marked[0]?.deliveredAt).toMatch(wireTimePattern);
    expect(await upTo(3)).toEqual({ wake: [] });
    expect(await upTo(1)).toEqual({ wake: [] });
    expect(await inOrder(current.db, bob, conversationId)).toEqual(marked);

    expect(await upTo(6)).toEqual({ wake: [alice.id] });
    expect(await receiptsOf(current.db, alice)).toEqual([
      ["delivered", ids.slice(0, 3)],
      ["delivered", ids.slice(3)],
    ]);
    expect(await receiptsOf(current.db, bob)).toEqual([]);
    const [receipt] = ofKind(await readWholeFeed(current.db, alice), "receipt");
    expect(receipt).toMatchObject({ conversationId, userId: bob.id, at: marked[0]?.deliveredAt });
  });

  it("refuses a cursor that the feed does not hold, and takes the beginning as nothing", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 1);
    const userId = bob.id;
    const bad = { seq: 2, tag: "0123456789abcdef" };
    expect(await acknowledge(current.db, { userId, cursor: bad })).toBe("bad-cursor");
    expect(await acknowledge(current.db, { userId, cursor: { ...bad, seq: 50 } })).toBe("bad-cursor");
    expect(await acknowledge(current.db, { userId, cursor: { seq: 0, tag: null } })).toEqual({ wake: [] });
    expect(await receiptsOf(current.db, alice)).toEqual([]);
  });

  it("gathers receipts by conversation and sender", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const carol = await createPerson(current.db);
    const other = await openBetween(current.db, carol, bob);
    const fromAlice = await sendSome(current.db, conversationId, alice, bob, 2);
    const fromCarol = await sendSome(current.db, other, carol, bob, 2);
    fromAlice.push(...(await sendSome(current.db, conversationId, alice, bob, 1)));
    const cursor = cursorOf((await readWholeFeed(current.db, bob)).at(-1));
    const result = await acknowledge(current.db, { userId: bob.id, cursor });
    expect(typeof result === "object" && result.wake.sort()).toEqual([alice.id, carol.id].sort());
    expect(await receiptsOf(current.db, alice)).toEqual([["delivered", fromAlice]]);
    expect(await receiptsOf(current.db, carol)).toEqual([["delivered", fromCarol]]);
  });

  it("splits receipts for many messages, in order", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const ids = await sendSome(current.db, conversationId, alice, bob, limits.receiptIds + 5);
    const cursor = cursorOf((await readWholeFeed(current.db, bob, 1_000)).at(-1));
    await acknowledge(current.db, { userId: bob.id, cursor });
    await markRead(current.db, { userId: bob.id, conversationId, messageId: ids.at(-1) ?? "" });
    const parts = [ids.slice(0, limits.receiptIds), ids.slice(limits.receiptIds)];
    expect(await receiptsOf(current.db, alice)).toEqual([
      ...parts.map((part) => ["delivered", part]),
      ...parts.map((part) => ["read", part]),
    ]);
  });

  it("marks everything up to a message as read, once, and tells the sender and the own devices", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const ids = await sendSome(current.db, conversationId, alice, bob, 3);
    const [answer] = await sendSome(current.db, conversationId, bob, alice, 1);
    const read = (messageId: string | undefined) =>
      markRead(current.db, { userId: bob.id, conversationId, messageId: messageId ?? "" });

    const result = await read(ids[1]);
    expect(typeof result === "object" && result.wake.sort()).toEqual([alice.id, bob.id].sort());
    const marked = await inOrder(current.db, bob, conversationId);
    expect(marked.map(({ readAt }) => readAt !== null)).toEqual([true, true, false, false]);
    expect(marked[0]?.deliveredAt).toBe(marked[0]?.readAt);
    expect(await read(ids[0])).toEqual({ wake: [] });
    expect(await read(ids[1])).toEqual({ wake: [] });
    expect(await inOrder(current.db, bob, conversationId)).toEqual(marked);

    await read(answer);
    expect(await receiptsOf(current.db, alice)).toEqual([
      ["read", ids.slice(0, 2)],
      ["read", ids.slice(2)],
    ]);
    const marks = ofKind(await readWholeFeed(current.db, bob), "read");
    expect(marks.map(({ messageId }) => messageId)).toEqual([ids[1], answer]);
    expect((await inOrder(current.db, bob, conversationId)).at(-1)).toMatchObject({
      id: answer,
      readAt: null,
    });
  });

  it("gives no delivered receipt for what was read before it was acknowledged", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const ids = await sendSome(current.db, conversationId, alice, bob, 2);
    await markRead(current.db, { userId: bob.id, conversationId, messageId: ids[0] ?? "" });
    const cursor = cursorOf((await readWholeFeed(current.db, bob)).at(-1));
    await acknowledge(current.db, { userId: bob.id, cursor });
    expect(await receiptsOf(current.db, alice)).toEqual([
      ["read", ids.slice(0, 1)],
      ["delivered", ids.slice(1)],
    ]);
  });

  it("keeps the delivery time of what is read later", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const [id] = await sendSome(current.db, conversationId, alice, bob, 1);
    const cursor = cursorOf((await readWholeFeed(current.db, bob)).at(-1));
    await acknowledge(current.db, { userId: bob.id, cursor });
    const [delivered] = await inOrder(current.db, alice, conversationId);
    await markRead(current.db, { userId: bob.id, conversationId, messageId: id ?? "" });
    const [read] = await inOrder(current.db, alice, conversationId);
    expect(read?.deliveredAt).toBe(delivered?.deliveredAt);
    expect(read?.readAt && delivered?.deliveredAt && read.readAt > delivered.deliveredAt).toBe(true);
  });

  it("lets nobody mark in a conversation that is not theirs, nor up to an unknown message", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const [id] = await sendSome(current.db, conversationId, alice, bob, 1);
    const mallory = await createPerson(current.db);
    const mark = { conversationId, messageId: id ?? "" };
    expect(await markRead(current.db, { ...mark, userId: mallory.id })).toBe("unknown-conversation");
    expect(await markRead(current.db, { ...mark, userId: bob.id, messageId: randomUUID() })).toBe(
      "unknown-message",
    );
    expect(await markRead(current.db, { ...mark, userId: alice.id })).toEqual({ wake: [] });
  });
});
