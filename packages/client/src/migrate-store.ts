import { type ConversationRecord, keys, type MessageRecord, type OutboxRecord } from "./records.ts";
import type { Change, Store } from "./stores/store.ts";

/** Counts up when records change their shape, or when this version understands what an earlier one could not. */
const schema = 4;
/** The first that knew requests. */
const withRequests = 3;
/** The first that has the records as they are now, but for the notes of what is to be indexed. */
const withBodies = 2;
const page = 50;

/**
 * Brings a store of an earlier version up to this one. What waits to go out is carried over; the rest is loaded anew
 * from the server as soon as it can be reached, and can be read until then.
 */
export async function migrateStore(store: Store, ownId: string): Promise<void> {
  const stored = await store.get(keys.schema);
  if (stored === schema) return;
  const version = typeof stored === "number" ? stored : 0;
  const changes: Change[] = [{ key: keys.schema, value: schema }, ...(await unnotedChanges(store))];
  if (version < withRequests) changes.push(...(await answeredChanges(store, ownId)));
  if (version < withBodies) {
    changes.push({ key: keys.cursor, value: null });
    for (const { key, value } of await store.list({ prefix: keys.outbox })) {
      const { text, ...record } = value as OutboxRecord & { text?: string };
      if (text !== undefined) changes.push({ key, value: { ...record, body: { type: "text", text } } });
    }
  }
  await store.commit(changes);
}

/** The next search notes everything anew. */
async function unnotedChanges(store: Store): Promise<Change[]> {
  const notes = await store.list({ prefix: keys.allUnindexed });
  return [{ key: keys.searchable, value: null }, ...notes.map(({ key }) => ({ key, value: null }))];
}

/** Whom this person has answered, or let see that they read, before there were requests is no stranger. */
async function answeredChanges(store: Store, ownId: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (const { key, value } of await store.list({ prefix: keys.conversations })) {
    const conversation = value as ConversationRecord;
    if (await isAnswered(store, conversation.id, ownId)) {
      changes.push({ key, value: { ...conversation, answered: true } satisfies ConversationRecord });
    }
  }
  return changes;
}

async function isAnswered(store: Store, conversationId: string, ownId: string): Promise<boolean> {
  const prefix = keys.messages(conversationId);
  for (let before: string | undefined; ;) {
    const entries = await store.list({
      prefix,
      ...(before === undefined ? {} : { before }),
      limit: page,
      reverse: true,
    });
    const messages = entries.map(({ value }) => value as MessageRecord);
    const said = messages.filter(({ state }) => state !== "imported");
    if (said.some(({ senderId, state }) => senderId === ownId || state === "read")) return true;
    before = entries.at(-1)?.key;
    if (before === undefined) return false;
  }
}
