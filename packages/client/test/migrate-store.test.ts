import { expect, test } from "vitest";
import { migrateStore } from "../src/migrate-store.ts";
import { keys } from "../src/records.ts";
import { memoryStore } from "../src/stores/memory-store.ts";

test("a store of an earlier version keeps what waits to go out and what can be read, and is loaded anew", async () => {
  const store = memoryStore();
  const sealed = { id: "m", conversationId: "c", envelopes: [], counter: 3, voids: [], createdAt: "2026" };
  const message = { id: "o", conversationId: "c", text: "old", createdAt: "2025", state: "read" };
  await store.commit([
    { key: keys.cursor, value: "5.00000000000000aa" },
    { key: keys.outboxEntry(1), value: { ...sealed, text: "on its way" } },
    { key: keys.chain("c", "ben"), value: { counter: 3, previous: "x" } },
    { key: keys.message(message), value: message },
  ]);
  await migrateStore(store, "me");
  expect(await store.get(keys.cursor)).toBeUndefined();
  expect(await store.get(keys.outboxEntry(1))).toEqual({
    ...sealed,
    body: { type: "text", text: "on its way" },
  });
  expect(await store.get(keys.chain("c", "ben"))).toEqual({ counter: 3, previous: "x" });
  expect(await store.get(keys.message(message))).toEqual(message);

  await store.commit([{ key: keys.cursor, value: "6.00000000000000aa" }]);
  await migrateStore(store, "me");
  expect(await store.get(keys.cursor)).toBe("6.00000000000000aa");
});

test("a store from before requests stays as it is, and knows whom its person has answered or let see that they read", async () => {
  const store = memoryStore();
  const says = { ada: "unread", ben: "read", me: "sent", cleo: "imported" };
  await store.commit([
    { key: keys.schema, value: 2 },
    { key: keys.cursor, value: "5.00000000000000aa" },
    ...Object.entries(says).flatMap(([senderId, state]) => {
      const message = { id: "m", conversationId: `with-${senderId}`, senderId, createdAt: "2025", state };
      return [
        { key: keys.conversation(message.conversationId), value: { id: message.conversationId } },
        { key: keys.message(message), value: message },
      ];
    }),
    // What lies deeper than one look goes.
    { key: keys.conversation("deep"), value: { id: "deep" } },
    ...Array.from({ length: 120 }, (_, index) => {
      const senderId = index === 0 ? "me" : "ada";
      const createdAt = `2025-${String(index).padStart(3, "0")}`;
      const message = { id: `${index}`, conversationId: "deep", senderId, createdAt, state: "unread" };
      return { key: keys.message(message), value: message };
    }),
  ]);
  await migrateStore(store, "me");
  expect(await store.get(keys.cursor)).toBe("5.00000000000000aa");
  const entries = await store.list({ prefix: keys.conversations });
  const answered = entries.filter(({ value }) => (value as { answered?: true }).answered === true);
  expect(answered.map(({ key }) => key.split("/")[1])).toEqual(["deep", "with-ben", "with-me"]);
});

test("a store that noted each message to be indexed for itself has everything indexed anew by the next search", async () => {
  const store = memoryStore();
  await store.commit([
    { key: keys.schema, value: 3 },
    { key: keys.cursor, value: "5.00000000000000aa" },
    { key: keys.searchable, value: true },
    { key: keys.unindexed("c/2025/m"), value: 1 },
  ]);
  await migrateStore(store, "me");
  expect(await store.list({ prefix: keys.allUnindexed })).toEqual([]);
  expect(await store.get(keys.searchable)).toBeUndefined();
  expect(await store.get(keys.cursor)).toBe("5.00000000000000aa");
});
