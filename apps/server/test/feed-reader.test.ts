import { randomUUID } from "node:crypto";
import { createAccount, openDirectConversation, storeMessages, type Db } from "@sotto/db";
import { createTestDatabase } from "@sotto/db/testing";
import { describe, expect, it } from "vitest";
import { FeedReader } from "../src/lib/feed-reader.ts";
import { engines } from "./helpers/test-server.ts";

const start = { seq: 0, tag: null };

async function createPerson(db: Db): Promise<string> {
  const id = randomUUID();
  await createAccount(db, {
    id,
    username: `u${id.replaceAll("-", "").slice(0, 16)}`,
    publicKey: Buffer.from(id.slice(0, 32)).toString("base64"),
    registrationRecord: "record",
    passwordSlot: "cGFzc3dvcmQ=",
    recoverySlot: "cmVjb3Zlcnk=",
    recoveryProofHash: "cHJvb2Y=",
  });
  return id;
}

/** One who was sent `count` messages. */
async function createReader(db: Db, count: number): Promise<string> {
  const [alice, bob] = [await createPerson(db), await createPerson(db)];
  const conversationId = randomUUID();
  await openDirectConversation(db, { id: conversationId, userId: alice, peerId: bob });
  const messages = Array.from({ length: count }, () => ({
    conversationId,
    id: randomUUID(),
    envelopes: [{ recipientId: bob, content: "YQ==" }],
  }));
  await storeMessages(db, [{ senderId: alice, messages }]);
  return bob;
}

describe.each(engines)("the reader of feeds on %s", (engine) => {
  it("gives everyone who asks at once their own events, lets a damaged feed fail alone, and fails all without a database", async () => {
    await using database = await createTestDatabase(engine);
    const reader = new FeedReader(database.lanes);
    const counts = [1, 3];
    const userIds = await Promise.all(counts.map((count) => createReader(database.db, count)));
    const damaged = await createReader(database.db, 1);
    await database.db
      .updateTable("feed_events")
      .set({ kind: "read", message_id: null })
      .where("user_id", "=", damaged)
      .where("seq", "=", 2)
      .execute();
    for (const what of ["news", "backlog"] as const) {
      const pages = await Promise.allSettled(
        [...userIds, damaged].map((userId) => reader.read({ userId, after: start }, what)),
      );
      expect(pages).toMatchObject([
        ...counts.map((count) => ({ value: { kind: "events", lastSeq: count + 1 } })),
        { status: "rejected" },
      ]);
      const recipients = pages.map((page) =>
        page.status === "fulfilled" && page.value.kind === "events"
          ? page.value.events.flatMap((event) =>
              event.kind === "message" ? [event.message.recipientId] : [],
            )
          : [],
      );
      expect(recipients).toEqual([
        ...userIds.map((userId, index) => Array.from({ length: counts[index] ?? 0 }, () => userId)),
        [],
      ]);
    }
    await database.close();
    const places = [1, 2].map(() => reader.read({ userId: randomUUID(), after: start }, "news"));
    expect((await Promise.allSettled(places)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
