import { expect, it } from "vitest";
import { storeMessages, writeMarks, type FeedRun, type Marks, type Send } from "../src/index.ts";
import { onBothEngines } from "./support/engines.ts";
import {
  createPair,
  createPerson,
  cursorOf,
  historyOf,
  ofKind,
  openBetween,
  outgoing,
  readWholeFeed,
  sendSome,
} from "./support/people.ts";

const nothing: Marks = { acknowledgements: [], readMarks: [] };

onBothEngines("what many people write together", (current) => {
  it("writes what many people send, acknowledge and have read, and answers each of them", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    const carol = await createPerson(db);
    const other = await openBetween(db, carol, bob);
    const [earlier = ""] = await sendSome(db, conversationId, alice, bob, 1);
    const head = cursorOf((await readWholeFeed(db, bob)).at(-1));
    const messages = {
      alice: [outgoing(conversationId, bob.id), outgoing(conversationId, bob.id)],
      bob: [outgoing(conversationId, alice.id), outgoing(other, carol.id)],
      carol: [outgoing(conversationId, bob.id), outgoing(other, bob.id)],
    };
    const stored = await storeMessages(db, [
      { senderId: alice.id, messages: messages.alice },
      { senderId: bob.id, messages: messages.bob },
      { senderId: carol.id, messages: messages.carol },
    ]);
    const outcome = await writeMarks(db, {
      acknowledgements: [
        { userId: bob.id, cursor: head },
        { userId: carol.id, cursor: { seq: 1, tag: "0123456789abcdef" } },
      ],
      readMarks: [
        { userId: carol.id, conversationId, messageId: earlier },
        { userId: bob.id, conversationId, messageId: earlier },
      ],
    });
    expect(stored.results.map((results) => results.map(({ id, status }) => [id, status]))).toEqual([
      messages.alice.map(({ id }) => [id, "stored"]),
      messages.bob.map(({ id }) => [id, "stored"]),
      [
        [messages.carol[0]?.id, "refused"],
        [messages.carol[1]?.id, "stored"],
      ],
    ]);
    expect(outcome.acknowledgements).toEqual(["done", "bad-cursor"]);
    expect(outcome.readMarks).toEqual(["unknown-conversation", "done"]);
    const receipts = ofKind(await readWholeFeed(db, alice), "receipt");
    expect(receipts.map(({ state, messageIds }) => [state, messageIds])).toEqual([
      ["delivered", [earlier]],
      ["read", [earlier]],
    ]);
  });

  it("tells of each feed exactly what a reader of the database gets", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    await sendSome(db, conversationId, alice, bob, 2);
    const head = cursorOf((await readWholeFeed(db, bob)).at(-1));
    const expectTold = async (runs: FeedRun[]) => {
      expect(runs.length).toBeGreaterThan(0);
      for (const { userId, after, events } of runs) {
        const feed = await readWholeFeed(db, userId === alice.id ? alice : bob);
        expect(events).toEqual(feed.slice(after));
      }
    };
    const sends: Send[] = [
      { senderId: bob.id, messages: [outgoing(conversationId, alice.id)] },
      { senderId: alice.id, messages: [outgoing(conversationId, bob.id), outgoing(conversationId, bob.id)] },
    ];
    await expectTold((await storeMessages(db, sends)).runs);
    const marks = { ...nothing, acknowledgements: [{ userId: bob.id, cursor: head }] };
    await expectTold((await writeMarks(db, marks)).runs);
  });

  it("stores a message once that two sends of a batch bring, and refuses another one under its id", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    const message = outgoing(conversationId, bob.id);
    const changed = { ...message, envelopes: [{ recipientId: bob.id, content: "YW5vdGhlcg==" }] };
    const stranger = { ...message, envelopes: [{ recipientId: alice.id, content: "YQ==" }] };
    const { results: sends } = await storeMessages(db, [
      { senderId: (await createPerson(db)).id, messages: [message] },
      { senderId: alice.id, messages: [message] },
      { senderId: alice.id, messages: [changed, message] },
      { senderId: bob.id, messages: [stranger] },
    ]);
    expect(sends.shift()).toMatchObject([{ status: "refused", reason: "unknown-conversation" }]);
    const [first] = sends[0] ?? [];
    expect(first).toMatchObject({ status: "stored", id: message.id });
    expect(sends[1]).toMatchObject([{ status: "refused", reason: "id-conflict" }, first]);
    expect(sends[2]).toMatchObject([{ status: "refused", reason: "id-conflict" }]);
    const { messages } = await historyOf(db, { conversationId, userId: bob.id, limit: 10 });
    expect(messages.map(({ content }) => content)).toEqual([message.envelopes[0]?.content]);
  });

  it("takes the furthest of what several devices of one person say", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    const ids = await sendSome(db, conversationId, alice, bob, 3);
    const feed = await readWholeFeed(db, bob);
    const { acknowledgements, readMarks } = await writeMarks(db, {
      ...nothing,
      acknowledgements: [feed[3], feed[1]].map((event) => ({ userId: bob.id, cursor: cursorOf(event) })),
      readMarks: [ids[1], ids[0]].map((id) => ({ userId: bob.id, conversationId, messageId: id ?? "" })),
    });
    expect([acknowledgements, readMarks]).toEqual([
      ["done", "done"],
      ["done", "done"],
    ]);
    const receipts = ofKind(await readWholeFeed(db, alice), "receipt");
    expect(receipts.map(({ state, messageIds }) => [state, messageIds])).toEqual([
      ["delivered", ids],
      ["read", ids.slice(0, 2)],
    ]);
    expect(ofKind(await readWholeFeed(db, bob), "read")).toMatchObject([{ messageId: ids[1] }]);
  });

  it("marks a long run in steps", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    const ids = await sendSome(db, conversationId, alice, bob, 1_001);
    const cursor = cursorOf((await readWholeFeed(db, bob, 1_000)).at(-1));
    const acknowledge = { ...nothing, acknowledgements: [{ userId: bob.id, cursor }] };
    const read = {
      ...nothing,
      readMarks: [{ userId: bob.id, conversationId, messageId: ids.at(-1) ?? "" }],
    };
    expect((await writeMarks(db, acknowledge)).acknowledgements).toEqual(["more"]);
    expect((await writeMarks(db, acknowledge)).acknowledgements).toEqual(["done"]);
    expect((await writeMarks(db, read)).readMarks).toEqual(["more"]);
    expect((await writeMarks(db, read)).readMarks).toEqual(["done"]);
    const receipts = ofKind(await readWholeFeed(db, alice, 1_000), "receipt");
    for (const state of ["delivered", "read"]) {
      expect(
        receipts.filter((receipt) => receipt.state === state).flatMap(({ messageIds }) => messageIds),
      ).toEqual(ids);
    }
    expect(ofKind(await readWholeFeed(db, bob, 1_000), "read").map(({ messageId }) => messageId)).toEqual([
      ids[999],
      ids[1_000],
    ]);
  });
});
