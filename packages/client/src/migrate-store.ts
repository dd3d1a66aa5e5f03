import { keys, type OutboxRecord } from "./records.ts";
import type { Change, Store } from "./stores/store.ts";

/** Counts up when records change their shape, or when this version understands what an earlier one could not. */
const schema = 2;

/**
 * Brings a store of an earlier version up to this one. What waits to go out is carried over; the rest is loaded anew
 * from the server as soon as it can be reached, and can be read until then.
 */
export async function migrateStore(store: Store): Promise<void> {
  if ((await store.get(keys.schema)) === schema) return;
  const changes: Change[] = [
    { key: keys.schema, value: schema },
    { key: keys.cursor, value: null },
  ];
  for (const { key, value } of await store.list({ prefix: keys.outbox })) {
    const { text, ...record } = value as OutboxRecord & { text?: string };
    if (text !== undefined) changes.push({ key, value: { ...record, body: { type: "text", text } } });
  }
  await store.commit(changes);
}
