import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { findSignalPeers, listConversations, openDirectConversation } from "../src/index.ts";
import { markRead, storeMessages } from "./support/alone.ts";
import { onBothEngines } from "./support/engines.ts";
import {
  createPair,
  createPerson,
  ofKind,
  openBetween,
  outgoing,
  readWholeFeed,
  sendSome,
  wireTimePattern,
} from "./support/people.ts";

onBothEngines("conversations", (current) => {
  it("opens one conversation for two people, however often and from however many sides at once", async () => {
    const [alice, bob] = [await createPerson(current.db), await createPerson(current.db)];
    const id = randomUUID();
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        openDirectConversation(current.db, {
          id,
          userId: i % 2 === 0 ? alice.id : bob.id,
          peerId: i % 2 === 0 ? bob.id : alice.id,
        }),
      ),
    );
    const conversation = {
      id,
      kind: "direct",
      members: [alice, bob].sort((a, b) => (a.id < b.id ? -1 : 1)),
      createdAt: expect.stringMatching(wireTimePattern),
      lastMessageAt: null,
    };
    for (const { conversation: found } of opened) expect(found).toEqual(conversation);
    const [creation, ...rest] = opened.filter(({ created }) => created);
    expect(rest).toEqual([]);
    expect(creation?.runs.map(({ userId }) => userId).sort()).toEqual([alice.id, bob.id].sort());
    expect(opened.flatMap(({ runs }) => runs)).toHaveLength(2);
    for (const person of [alice, bob]) {
      expect(ofKind(await readWholeFeed(current.db, person), "conversation")).toMatchObject([
        { conversation },
      ]);
    }
  });

  it("refuses a conversation with oneself or with nobody, and leaves nothing behind", async () => {
    const alice = await createPerson(current.db);
    const id = randomUUID();
    await expect(
      openDirectConversation(current.db, { id, userId: alice.id, peerId: alice.id }),
    ).rejects.toThrow("two different members");
    await expect(
      openDirectConversation(current.db, { id, userId: alice.id, peerId: randomUUID() }),
    ).rejects.toThrow(/foreign key/);
    expect(await findSignalPeers(current.db, { conversationId: id, userId: alice.id })).toBeNull();
    expect(await readWholeFeed(current.db, alice)).toEqual([]);
  });

  it("tells whom signals go to only to the members of the conversation", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const mallory = await createPerson(current.db);
    expect(await findSignalPeers(current.db, { conversationId, userId: bob.id })).toEqual([alice.id]);
    expect(await findSignalPeers(current.db, { conversationId, userId: mallory.id })).toBeNull();
    expect(await findSignalPeers(current.db, { conversationId: randomUUID(), userId: bob.id })).toBeNull();
  });

  it("lists conversations by their last message with the newest messages and the unread count", async () => {
    const me = await createPerson(current.db);
    const friends = [];
    for (let i = 0; i < 5; i++) friends.push(await createPerson(current.db));
    const conversationIds: string[] = [];
    for (const friend of friends) conversationIds.push(await openBetween(current.db, me, friend));
    const [first, second, third] = friends;
    const [firstId, secondId, thirdId] = conversationIds;
    if (!first || !second || !third || !firstId || !secondId || !thirdId) throw new Error("Too few friends.");
    await sendSome(current.db, secondId, second, me, 2);
    const read = await sendSome(current.db, firstId, first, me, 3);
    await sendSome(current.db, thirdId, me, third, 1);
    await markRead(current.db, { userId: me.id, conversationId: firstId, messageId: read[1] ?? "" });
    const answers = await sendSome(current.db, firstId, me, first, 1);

    const page = await listConversations(current.db, { userId: me.id, limit: 3, newest: 2 });
    expect(page.more).toBe(true);
    expect(
      page.conversations.map(({ conversation, unreadCount, newest, older }) => [
        conversation.id,
        unreadCount,
        newest.map(({ id }) => id).slice(0, 1),
        newest.length,
        older,
      ]),
    ).toEqual([
      [firstId, 1, answers, 2, true],
      [thirdId, 0, [expect.any(String)], 1, false],
      [secondId, 2, [expect.any(String)], 2, false],
    ]);
    expect(page.conversations[0]?.newest).toMatchObject([{ senderId: me.id }, { id: read[2], readAt: null }]);
    expect(page.conversations[0]?.conversation).toMatchObject({
      lastMessageAt: page.conversations[0]?.newest[0]?.createdAt,
      members: [me, first].sort((a, b) => (a.id < b.id ? -1 : 1)),
    });

    const rest = await listConversations(current.db, { userId: me.id, after: secondId, limit: 3, newest: 2 });
    expect(rest.more).toBe(false);
    expect(rest.conversations.map(({ conversation }) => conversation.id).sort()).toEqual(
      conversationIds.slice(3).sort(),
    );
    expect(rest.conversations).toMatchObject([
      { unreadCount: 0, newest: [], older: false },
      { unreadCount: 0, newest: [], older: false },
    ]);
  });

  it("cuts the newest messages of each conversation at their bytes, after at least one", async () => {
    const me = await createPerson(current.db);
    const sizes = { large: [100, 100, 400], small: [100, 100, 100, 100] };
    const sent: Record<string, string[]> = {};
    for (const lengths of Object.values(sizes)) {
      const friend = await createPerson(current.db);
      const conversationId = await openBetween(current.db, me, friend);
      const messages = lengths.map((length) => outgoing(conversationId, me.id, "A".repeat(length)));
      await storeMessages(current.db, { senderId: friend.id, messages });
      sent[conversationId] = messages.map(({ id }) => id).toReversed();
    }
    const [largeId = "", smallId = ""] = Object.keys(sent);
    const list = async (newestMaxBytes: number) => {
      const page = await listConversations(current.db, {
        userId: me.id,
        limit: 5,
        newest: 10,
        newestMaxBytes,
      });
      return page.conversations.map(({ newest, older }) => ({ ids: newest.map(({ id }) => id), older }));
    };
    expect(await list(399)).toEqual([
      { ids: sent[smallId]?.slice(0, 3), older: true },
      { ids: sent[largeId]?.slice(0, 1), older: true },
    ]);
    expect(await list(600)).toEqual([
      { ids: sent[smallId], older: false },
      { ids: sent[largeId], older: false },
    ]);
  });

  it("lists nothing for a person without conversations, and begins at the top after an unknown one", async () => {
    const loner = await createPerson(current.db);
    const page = { limit: 5, newest: 5 };
    expect(await listConversations(current.db, { ...page, userId: loner.id })).toEqual({
      conversations: [],
      more: false,
    });
    const { alice, conversationId } = await createPair(current.db);
    const { conversations } = await listConversations(current.db, {
      ...page,
      userId: alice.id,
      after: randomUUID(),
    });
    expect(conversations.map(({ conversation }) => conversation.id)).toEqual([conversationId]);
  });
});
