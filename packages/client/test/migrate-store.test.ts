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
  await migrateStore(store);
  expect(await store.get(keys.cursor)).toBeUndefined();
  expect(await store.get(keys.outboxEntry(1))).toEqual({
    ...sealed,
    body: { type: "text", text: "on its way" },
  });
  expect(await store.get(keys.chain("c", "ben"))).toEqual({ counter: 3, previous: "x" });
  expect(await store.get(keys.message(message))).toEqual(message);

  await store.commit([{ key: keys.cursor, value: "6.00000000000000aa" }]);
  await migrateStore(store);
  expect(await store.get(keys.cursor)).toBe("6.00000000000000aa");
});
