import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  blockUser,
  findSignalPeers,
  listBlocked,
  listConversations,
  listHistory,
  openDirectConversation,
  unblockUser,
  type Db,
} from "../src/index.ts";
import { acknowledge, markRead, storeMessages } from "./support/alone.ts";
import { onBothEngines } from "./support/engines.ts";
import {
  createPair,
  createPerson,
  cursorOf,
  historyOf,
  ofKind,
  outgoing,
  readWholeFeed,
  sendSome,
  type Pair,
} from "./support/people.ts";

async function createBlocked(db: Db): Promise<Pair> {
  const pair = await createPair(db);
  await block(db, pair);
  return pair;
}

async function block(db: Db, { alice, bob }: Pick<Pair, "alice" | "bob">) {
  expect(await blockUser(db, { blockerId: alice.id, blockedId: bob.id, limit: 10 })).toBe(true);
}

async function unblock(db: Db, { alice, bob }: Pick<Pair, "alice" | "bob">) {
  return unblockUser(db, { blockerId: alice.id, blockedId: bob.id });
}

async function listFor(db: Db, userId: string) {
  const { conversations } = await listConversations(db, { userId, limit: 10, newest: 10 });
  return conversations;
}

onBothEngines("blocks", (current) => {
  it("stores what a blocked person sends, tells them so as ever, and keeps it from the blocker", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createBlocked(db);
    const feedBefore = await readWholeFeed(db, alice);
    const listBefore = await listFor(db, alice.id);
    const message = outgoing(conversationId, alice.id);
    const { results, wake } = await storeMessages(db, { senderId: bob.id, messages: [message] });
    expect(results).toEqual([{ status: "stored", id: message.id, createdAt: expect.any(String) }]);
    expect(wake).toEqual([bob.id]);
    const again = await storeMessages(db, { senderId: bob.id, messages: [message] });
    expect(again).toEqual({ results, wake: [] });

    expect(ofKind(await readWholeFeed(db, bob), "message").map((event) => event.message)).toMatchObject([
      { id: message.id, deliveredAt: null, readAt: null },
    ]);
    const page = { conversationId, limit: 10 };
    expect((await historyOf(db, { ...page, userId: bob.id })).messages).toMatchObject([{ id: message.id }]);
    expect(await listFor(db, bob.id)).toMatchObject([{ newest: [{ id: message.id }] }]);

    expect(await readWholeFeed(db, alice)).toEqual(feedBefore);
    expect(await historyOf(db, { ...page, userId: alice.id })).toEqual({ messages: [], older: false });
    expect(await listFor(db, alice.id)).toEqual(listBefore);
    expect(await listHistory(db, { ...page, userId: alice.id, before: message.id })).toBe("unknown-message");
    expect(await markRead(db, { userId: alice.id, conversationId, messageId: message.id })).toBe(
      "unknown-message",
    );
  });

  it("withholds it for good: unblocking brings what is sent from then on, and nothing else", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    const [before] = await sendSome(db, conversationId, bob, alice, 1);
    await block(db, { alice, bob });
    const withheld = await sendSome(db, conversationId, bob, alice, 2);
    expect(await unblock(db, { alice, bob })).toEqual([]);
    const [after] = await sendSome(db, conversationId, bob, alice, 1);

    const feed = await readWholeFeed(db, alice);
    const shown = ofKind(feed, "message").map((event) => event.message.id);
    expect(shown).toEqual([before, after]);
    expect(await listFor(db, alice.id)).toMatchObject([
      { unreadCount: 2, newest: [{ id: after }, { id: before }] },
    ]);
    await acknowledge(db, { userId: alice.id, cursor: cursorOf(feed.at(-1)) });
    await markRead(db, { userId: alice.id, conversationId, messageId: after ?? "" });
    const { messages } = await historyOf(db, { conversationId, userId: bob.id, limit: 10 });
    expect(
      messages.map(({ id, deliveredAt, readAt }) => [id, deliveredAt !== null, readAt !== null]),
    ).toEqual([
      [after, true, true],
      [withheld[1], false, false],
      [withheld[0], false, false],
      [before, true, true],
    ]);
    expect(await listFor(db, alice.id)).toMatchObject([{ unreadCount: 0 }]);
  });

  it("marks nothing of a blocked person, so that nothing tells them whether the blocker is there", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    const [before] = await sendSome(db, conversationId, bob, alice, 1);
    const mark = () => markRead(db, { userId: alice.id, conversationId, messageId: before ?? "" });
    await block(db, { alice, bob });
    const feed = await readWholeFeed(db, alice);
    expect(await acknowledge(db, { userId: alice.id, cursor: cursorOf(feed.at(-1)) })).toEqual({ wake: [] });
    expect(await mark()).toEqual({ wake: [] });
    expect(await listFor(db, alice.id)).toMatchObject([{ unreadCount: 0 }]);
    expect(ofKind(await readWholeFeed(db, bob), "receipt")).toEqual([]);
    expect((await historyOf(db, { conversationId, userId: bob.id, limit: 1 })).messages).toMatchObject([
      { id: before, deliveredAt: null, readAt: null },
    ]);

    await unblock(db, { alice, bob });
    expect(await listFor(db, alice.id)).toMatchObject([{ unreadCount: 1 }]);
    await mark();
    expect(ofKind(await readWholeFeed(db, bob), "receipt")).toMatchObject([
      { state: "read", messageIds: [before] },
    ]);
  });

  it("leaves the blocker's list in the order of what the blocker was given", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    await sendSome(db, conversationId, bob, alice, 1);
    const [{ conversation: first } = { conversation: null }] = await listFor(db, alice.id);
    const carol = await createPerson(db);
    const { conversation: other } = await openDirectConversation(db, {
      id: randomUUID(),
      userId: alice.id,
      peerId: carol.id,
    });
    await sendSome(db, other.id, alice, carol, 1);
    await block(db, { alice, bob });
    await sendSome(db, conversationId, bob, alice, 1);
    const list = await listFor(db, alice.id);
    expect(list.map(({ conversation }) => conversation.id)).toEqual([other.id, conversationId]);
    expect(list[1]?.conversation).toEqual(first);
    const pages = await listConversations(db, { userId: alice.id, after: other.id, limit: 10, newest: 0 });
    expect(pages.conversations.map(({ conversation }) => conversation.id)).toEqual([conversationId]);
  });

  it("blocks one direction, and one conversation of a batch", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createBlocked(db);
    const [toBob] = await sendSome(db, conversationId, alice, bob, 1);
    expect(ofKind(await readWholeFeed(db, bob), "message")).toMatchObject([{ message: { id: toBob } }]);
    const carol = await createPerson(db);
    const { conversation: other } = await openDirectConversation(db, {
      id: randomUUID(),
      userId: bob.id,
      peerId: carol.id,
    });
    const { wake } = await storeMessages(db, {
      senderId: bob.id,
      messages: [outgoing(conversationId, alice.id), outgoing(other.id, carol.id)],
    });
    expect(wake.sort()).toEqual([bob.id, carol.id].sort());
  });

  it("does not tell the blocker of a conversation that a blocked person begins, until the block ends", async () => {
    const { db } = current;
    const [alice, bob] = [await createPerson(db), await createPerson(db)];
    await block(db, { alice, bob });
    const ids = { id: randomUUID(), userId: bob.id, peerId: alice.id };
    const opened = await openDirectConversation(db, ids);
    expect(opened).toMatchObject({ created: true, runs: [{ userId: bob.id }], conversation: { id: ids.id } });
    await sendSome(db, ids.id, bob, alice, 1);
    expect(await readWholeFeed(db, alice)).toEqual([]);
    expect(await listFor(db, alice.id)).toEqual([]);

    expect(await unblock(db, { alice, bob })).toMatchObject([{ userId: alice.id }]);
    const [after] = await sendSome(db, ids.id, bob, alice, 1);
    expect(await readWholeFeed(db, alice)).toMatchObject([
      { kind: "conversation", conversation: { id: ids.id } },
      { kind: "message", message: { id: after } },
    ]);
    expect(await listFor(db, alice.id)).toMatchObject([{ newest: [{ id: after }] }]);
  });

  it("shows such a conversation to a blocker who opens it, on every device", async () => {
    const { db } = current;
    const [alice, bob] = [await createPerson(db), await createPerson(db)];
    await block(db, { alice, bob });
    const id = randomUUID();
    await openDirectConversation(db, { id, userId: bob.id, peerId: alice.id });
    await sendSome(db, id, bob, alice, 1);
    const open = () => openDirectConversation(db, { id, userId: alice.id, peerId: bob.id });
    expect(await open()).toMatchObject({
      created: false,
      runs: [{ userId: alice.id }],
      conversation: { lastMessageAt: null },
    });
    expect(await open()).toMatchObject({ runs: [] });
    expect(await listFor(db, alice.id)).toMatchObject([{ conversation: { id, lastMessageAt: null } }]);
  });

  it("leaves no conversation withheld when its beginning and the end of the block meet", async () => {
    const { db } = current;
    for (let round = 0; round < 8; round += 1) {
      const [alice, bob] = [await createPerson(db), await createPerson(db)];
      await block(db, { alice, bob });
      const id = randomUUID();
      await Promise.all([
        openDirectConversation(db, { id, userId: bob.id, peerId: alice.id }),
        unblock(db, { alice, bob }),
      ]);
      expect(await readWholeFeed(db, alice)).toMatchObject([{ kind: "conversation" }]);
      expect(await listFor(db, alice.id)).toHaveLength(1);
    }
  });

  it("can be set and ended any number of times, up to a number of people", async () => {
    const { db } = current;
    const [alice, bob, carol] = [await createPerson(db), await createPerson(db), await createPerson(db)];
    const blockOf = (blockedId: string, limit: number) =>
      blockUser(db, { blockerId: alice.id, blockedId, limit });
    expect(await blockOf(bob.id, 1)).toBe(true);
    expect(await blockOf(bob.id, 1)).toBe(true);
    expect(await blockOf(carol.id, 1)).toBe(false);
    expect(await listBlocked(db, alice.id)).toEqual([bob.id]);
    expect(await blockOf(carol.id, 2)).toBe(true);
    expect(await listBlocked(db, alice.id)).toEqual([bob.id, carol.id]);
    expect(await listBlocked(db, bob.id)).toEqual([]);
    await unblock(db, { alice, bob });
    await unblock(db, { alice, bob });
    expect(await listBlocked(db, alice.id)).toEqual([carol.id]);
  });

  it("keeps signals of either from the other", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createBlocked(db);
    for (const { id: userId } of [alice, bob]) {
      expect(await findSignalPeers(db, { conversationId, userId })).toEqual([]);
    }
    await unblock(db, { alice, bob });
    expect(await findSignalPeers(db, { conversationId, userId: alice.id })).toEqual([bob.id]);
  });
});
