import { randomBytes, randomUUID } from "node:crypto";
import { createAccount, openDirectConversation, readFeed, type Db, type FeedRun, type Send } from "@sotto/db";
import { createTestDatabase } from "@sotto/db/testing";
import { describe, expect, it } from "vitest";
import { WriteQueue } from "../src/lib/write-queue.ts";
import { engines } from "./helpers/test-server.ts";

async function createPerson(db: Db): Promise<string> {
  const user = await createAccount(db, {
    id: randomUUID(),
    username: `u${randomBytes(8).toString("hex")}`,
    publicKey: randomBytes(32).toString("base64"),
    registrationRecord: "record",
    passwordSlot: "cGFzc3dvcmQ=",
    recoverySlot: "cmVjb3Zlcnk=",
    recoveryProofHash: "cHJvb2Y=",
  });
  if (!user) throw new Error("The name was taken.");
  return user.id;
}

async function createPair(db: Db) {
  const [alice, bob] = [await createPerson(db), await createPerson(db)];
  const id = randomUUID();
  await openDirectConversation(db, { id, userId: alice, peerId: bob });
  const newSend = (conversationId: string = id): Send => ({
    senderId: alice,
    messages: [{ conversationId, id: randomUUID(), envelopes: [{ recipientId: bob, content: "YQ==" }] }],
  });
  return { alice, bob, id, newSend };
}

describe.each(engines)("the write queue on %s", (engine) => {
  it("answers each of many at once after commit, in their order, and publishes what the feeds were given", async () => {
    await using database = await createTestDatabase(engine);
    const { bob, newSend } = await createPair(database.db);
    const runs: FeedRun[] = [];
    const writes = new WriteQueue(database.db, (news) => runs.push(...news));
    const sends = Array.from({ length: 40 }, () => newSend());
    const results = await Promise.all(sends.map((send) => writes.send(send)));
    expect(results.flat().map(({ id, status }) => [id, status])).toEqual(
      sends.flatMap(({ messages }) => messages.map(({ id }) => [id, "stored"])),
    );
    const feed = await readFeed(database.db, { userId: bob, after: { seq: 0, tag: null }, limit: 100 });
    const published = runs.filter(({ userId }) => userId === bob).flatMap(({ events }) => events);
    expect(feed).toMatchObject({ kind: "events" });
    expect(feed.kind === "events" && feed.events.slice(1)).toEqual(published);
    expect(published.map((event) => event.kind === "message" && event.message.id)).toEqual(
      results.flat().map(({ id }) => id),
    );
  });

  it("answers marks that follow each other closely, every one of them", async () => {
    await using database = await createTestDatabase(engine);
    const { bob } = await createPair(database.db);
    const writes = new WriteQueue(database.db, () => {});
    // A timer that fires a moment early must not be the last one.
    for (let round = 0; round < 40; round++) {
      const mark = { userId: bob, cursor: { seq: 1, tag: "0123456789abcdef" } };
      expect(await writes.acknowledge(mark)).toBe("bad-cursor");
    }
  });

  it("lets an item that the database cannot take fail alone", async () => {
    await using database = await createTestDatabase(engine);
    const { alice, id, newSend } = await createPair(database.db);
    const writes = new WriteQueue(database.db, () => {});
    const outcomes = await Promise.allSettled([
      writes.send(newSend()),
      writes.send(newSend("no uuid")),
      writes.send(newSend()),
      writes.acknowledge({ userId: alice, cursor: { seq: 0, tag: null } }),
      writes.markRead({ userId: alice, conversationId: "no uuid", messageId: randomUUID() }),
      writes.markRead({ userId: alice, conversationId: id, messageId: randomUUID() }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
  });

  it("fails all when the database is away, and closes", async () => {
    await using database = await createTestDatabase(engine);
    const { newSend } = await createPair(database.db);
    const writes = new WriteQueue(database.db, () => {});
    await database.close();
    const outcomes = await Promise.allSettled([writes.send(newSend()), writes.send(newSend())]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await writes.close();
  });
});
