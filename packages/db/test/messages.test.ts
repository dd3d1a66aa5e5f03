import { randomUUID } from "node:crypto";
import { limits, type OutgoingMessage } from "@sotto/protocol";
import { expect, it } from "vitest";
import { listHistory, type Db } from "../src/index.ts";
import { storeMessages } from "./support/alone.ts";
import { onBothEngines } from "./support/engines.ts";
import {
  createPair,
  createPerson,
  historyOf,
  ofKind,
  openBetween,
  outgoing,
  readWholeFeed,
  sendSome,
  wireTimePattern,
} from "./support/people.ts";

const longContent = Buffer.alloc(68 * 1024, 7).toString("base64");

async function storeOne(db: Db, senderId: string, message: OutgoingMessage) {
  const { results, wake } = await storeMessages(db, { senderId, messages: [message] });
  return { result: results[0], wake };
}

onBothEngines("messages", (current) => {
  it("stores a message and brings it to both feeds", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const message = outgoing(conversationId, bob.id, longContent);
    const { result, wake } = await storeOne(current.db, alice.id, message);
    expect(result).toEqual({
      status: "stored",
      id: message.id,
      createdAt: expect.stringMatching(wireTimePattern),
    });
    expect(wake.sort()).toEqual([alice.id, bob.id].sort());
    const stored = {
      conversationId,
      id: message.id,
      senderId: alice.id,
      recipientId: bob.id,
      content: longContent,
      createdAt: result?.status === "stored" ? result.createdAt : null,
      deliveredAt: null,
      readAt: null,
    };
    for (const person of [alice, bob]) {
      const events = ofKind(await readWholeFeed(current.db, person), "message");
      expect(events.map((event) => event.message)).toEqual([stored]);
      expect(await historyOf(current.db, { conversationId, userId: person.id, limit: 10 })).toEqual({
        messages: [stored],
        older: false,
      });
    }
  });

  it("answers a retry of the same bytes as the first time, without another event", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const message = outgoing(conversationId, bob.id);
    const first = await storeOne(current.db, alice.id, message);
    const retry = await storeOne(current.db, alice.id, structuredClone(message));
    expect(retry).toEqual({ result: first.result, wake: [] });
    expect(ofKind(await readWholeFeed(current.db, bob), "message")).toHaveLength(1);
  });

  it("refuses an id that came with other bytes or from somebody else", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const message = outgoing(conversationId, bob.id, "b25l");
    await storeOne(current.db, alice.id, message);
    const refused = { status: "refused", id: message.id, reason: "id-conflict", message: expect.any(String) };
    const other = { ...message, envelopes: [{ recipientId: bob.id, content: "dHdv" }] };
    expect(await storeOne(current.db, alice.id, other)).toEqual({ result: refused, wake: [] });
    const fromBob = { ...message, envelopes: [{ recipientId: alice.id, content: "b25l" }] };
    expect(await storeOne(current.db, bob.id, fromBob)).toEqual({ result: refused, wake: [] });
    const { messages } = await historyOf(current.db, { conversationId, userId: bob.id, limit: 10 });
    expect(messages).toMatchObject([{ content: "b25l", senderId: alice.id }]);
  });

  it("allows the same id in two conversations", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const carol = await createPerson(current.db);
    const other = await openBetween(current.db, alice, carol);
    const message = outgoing(conversationId, bob.id);
    const twin = {
      ...message,
      conversationId: other,
      envelopes: [{ recipientId: carol.id, content: "YQ==" }],
    };
    const { results } = await storeMessages(current.db, { senderId: alice.id, messages: [message, twin] });
    expect(results.map(({ status }) => status)).toEqual(["stored", "stored"]);
  });

  it("treats a message that comes twice in one batch as a retry, and a changed twin as a conflict", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const message = outgoing(conversationId, bob.id, "b25l");
    const changed = { ...message, envelopes: [{ recipientId: bob.id, content: "dHdv" }] };
    const messages = [message, structuredClone(message), changed];
    const { results } = await storeMessages(current.db, { senderId: alice.id, messages });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toMatchObject({ status: "refused", reason: "id-conflict" });
    expect(ofKind(await readWholeFeed(current.db, bob), "message")).toHaveLength(1);
  });

  it("refuses what is not sealed for exactly the other members, and says no more to strangers than to nobody", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const mallory = await createPerson(current.db);
    const wrong: OutgoingMessage[] = [
      outgoing(conversationId, mallory.id),
      outgoing(conversationId, alice.id),
      { ...outgoing(conversationId, bob.id), envelopes: [] },
      {
        ...outgoing(conversationId, bob.id),
        envelopes: [bob.id, bob.id].map((recipientId) => ({ recipientId, content: "YQ==" })),
      },
      {
        ...outgoing(conversationId, bob.id),
        envelopes: [bob.id, mallory.id].map((recipientId) => ({ recipientId, content: "YQ==" })),
      },
    ];
    const { results, wake } = await storeMessages(current.db, { senderId: alice.id, messages: wrong });
    expect(results.map((result) => result.status === "refused" && result.reason)).toEqual(
      wrong.map(() => "wrong-recipients"),
    );
    expect(wake).toEqual([]);

    const intruding = outgoing(conversationId, bob.id);
    const nowhere = { ...intruding, conversationId: randomUUID() };
    const refusals = await storeMessages(current.db, {
      senderId: mallory.id,
      messages: [intruding, nowhere],
    });
    expect(refusals.results[0]).toMatchObject({ status: "refused", reason: "unknown-conversation" });
    expect(refusals.results[1]).toEqual(refusals.results[0]);
    expect(await historyOf(current.db, { conversationId, userId: bob.id, limit: 10 })).toEqual({
      messages: [],
      older: false,
    });
  });

  it("stores the good of a batch in order beside the bad, over several conversations", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const carol = await createPerson(current.db);
    const other = await openBetween(current.db, alice, carol);
    const good = Array.from({ length: 24 }, (_, i) =>
      i % 2 === 0 ? outgoing(conversationId, bob.id) : outgoing(other, carol.id),
    );
    const bad = outgoing(randomUUID(), bob.id);
    const messages = [...good.slice(0, 11), bad, ...good.slice(11)];
    const { results } = await storeMessages(current.db, { senderId: alice.id, messages });
    expect(results.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
    expect(results.filter(({ status }) => status === "refused")).toEqual([results[11]]);

    const sent = ofKind(await readWholeFeed(current.db, alice), "message").map((event) => event.message.id);
    expect(sent).toEqual(good.map(({ id }) => id));
    for (const [conversation, person] of [
      [conversationId, bob],
      [other, carol],
    ] as const) {
      const ids = good.filter((message) => message.conversationId === conversation).map(({ id }) => id);
      const { messages: history } = await historyOf(current.db, {
        conversationId: conversation,
        userId: person.id,
        limit: 50,
      });
      expect(history.map(({ id }) => id)).toEqual(ids.toReversed());
      const times = history.map(({ createdAt }) => createdAt);
      expect(new Set(times).size).toBe(ids.length);
      expect(times).toEqual(times.toSorted().toReversed());
    }
  });

  it("never goes back in time within a conversation, even when the clock does", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 1);
    const future = new Date(Date.UTC(2999, 0, 1));
    await current.db
      .updateTable("conversations")
      .set({ last_message_at: future })
      .where("id", "=", conversationId)
      .execute();
    const messages = [outgoing(conversationId, bob.id), outgoing(conversationId, bob.id)];
    const { results } = await storeMessages(current.db, { senderId: alice.id, messages });
    expect(results).toMatchObject([
      { createdAt: "2999-01-01T00:00:00.000001Z" },
      { createdAt: "2999-01-01T00:00:00.000002Z" },
    ]);
  });

  it("pages through history without a gap or a repetition, newest first", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const ids: string[] = [];
    for (const [from, to] of [
      [alice, bob],
      [bob, alice],
      [alice, bob],
    ] as const) {
      ids.push(...(await sendSome(current.db, conversationId, from, to, 7)));
    }
    const seen: string[] = [];
    for (let older = true; older;) {
      const before = seen.at(-1);
      const page = await historyOf(current.db, {
        conversationId,
        userId: bob.id,
        limit: 3,
        ...(before === undefined ? {} : { before }),
      });
      seen.push(...page.messages.map(({ id }) => id));
      older = page.older;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it("ends a page of history at its bytes, after at least one message, and says that there is more", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const contents = [400, 100, 100, 100, 500].map((length) => "A".repeat(length));
    const messages = contents.map((content) => outgoing(conversationId, bob.id, content));
    await storeMessages(current.db, { senderId: alice.id, messages });
    const newestFirst = messages.map(({ id }) => id).toReversed();
    const page = async (maxBytes: number, limit: number, before?: string) => {
      const place = before === undefined ? {} : { before };
      const bounds = { conversationId, userId: bob.id, limit, maxBytes, ...place };
      const { messages: found, older } = await historyOf(current.db, bounds);
      return { ids: found.map(({ id }) => id), older };
    };
    expect(await page(300, 10)).toEqual({ ids: newestFirst.slice(0, 1), older: true });
    expect(await page(300, 10, newestFirst[0])).toEqual({ ids: newestFirst.slice(1, 4), older: true });
    expect(await page(299, 10, newestFirst[0])).toEqual({ ids: newestFirst.slice(1, 3), older: true });
    expect(await page(300, 10, newestFirst[3])).toEqual({ ids: newestFirst.slice(4), older: false });
    expect(await page(5_000, 4)).toEqual({ ids: newestFirst.slice(0, 4), older: true });
    expect(await page(5_000, 5)).toEqual({ ids: newestFirst, older: false });
  });

  it("answers no more content than a page may hold, unless told otherwise", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const messages = Array.from({ length: 8 }, () => outgoing(conversationId, bob.id, longContent));
    await storeMessages(current.db, { senderId: alice.id, messages });
    const page = await historyOf(current.db, { conversationId, userId: bob.id, limit: 200 });
    expect(page.messages).toHaveLength(Math.floor(limits.pageMaxBytes / longContent.length));
    expect(page.older).toBe(true);
  });

  it("keeps history from people outside the conversation", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    const [message] = await sendSome(current.db, conversationId, alice, bob, 1);
    const mallory = await createPerson(current.db);
    const page = { conversationId, limit: 5 };
    expect(await listHistory(current.db, { ...page, userId: mallory.id })).toBe("unknown-conversation");
    expect(await listHistory(current.db, { ...page, userId: alice.id, conversationId: randomUUID() })).toBe(
      "unknown-conversation",
    );
    expect(await listHistory(current.db, { ...page, userId: alice.id, before: randomUUID() })).toBe(
      "unknown-message",
    );
    expect(await listHistory(current.db, { ...page, userId: alice.id, before: message ?? "" })).toEqual({
      messages: [],
      older: false,
    });
  });
});
