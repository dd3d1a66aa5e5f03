import type { Library } from "../library.ts";
import { publicMessage } from "../message-records.ts";
import { keys, type MessageRecord } from "../records.ts";
import { messagesPerNote, unindexedChanges } from "../message-records.ts";
import type { Entry, Store } from "../stores/store.ts";
import { createStoredIndex } from "./stored-index.ts";
import { wordsOf } from "./words.ts";

/**
 * Keeps the stored index in step with the messages. Whoever commits messages notes them under `unindexed/` in the same
 * commit, from the first search on; here such notes are worked off, and go away in the commit that brings the words
 * into the index. So whatever is interrupted where, nothing is missed and what was deleted leaves the index.
 */
export function createIndexer(store: Store, library: Library) {
  let stored = createStoredIndex(store);
  let loading: Promise<void> | null = null;
  let closed = false;

  async function load(): Promise<void> {
    if ((await store.get(keys.searchable)) !== true) await noteAll();
    await stored.load();
  }

  /** The first search on this device: what is in the store already was never noted. */
  async function noteAll(): Promise<void> {
    library.setSearchable(true);
    let after: string | undefined;
    for (;;) {
      const entries = await store.list({
        prefix: keys.allMessages,
        ...(after === undefined ? {} : { after }),
        limit: messagesPerNote,
      });
      after = entries.at(-1)?.key;
      if (after === undefined || closed) break;
      await library.writes(() =>
        store.commit(unindexedChanges(entries.map(({ value }) => value as MessageRecord))),
      );
    }
    if (!closed) await store.commit([{ key: keys.searchable, value: true }]);
  }

  function take(record: MessageRecord | undefined, id: string): void {
    const message = record === undefined ? undefined : publicMessage(record);
    if (message === undefined || message.text === "" || message.state === "refused") return stored.remove(id);
    const { conversationId, senderId, createdAt } = message;
    const words = [...new Set(wordsOf(message.text).map(({ word }) => word))];
    stored.put({ id, conversationId, senderId, createdAt, words });
  }

  /** Works off a part of what was noted, and says whether there may be more. */
  async function step(): Promise<boolean> {
    return library.writes(async () => {
      // The store may be about to be erased: nothing may be written into it after that.
      if (closed) return false;
      const listed = await store.list({ prefix: keys.allUnindexed, limit: messagesPerNote });
      const notes = cutNotes(listed);
      if (notes.length === 0) return false;
      const noted = [...new Set(notes.flatMap(({ value }) => value as string[]))];
      const records = await Promise.all(noted.map((key) => store.get(key)));
      for (const [number, key] of noted.entries()) {
        take(records[number] as MessageRecord | undefined, key.slice(key.lastIndexOf("/") + 1));
      }
      await store.commit([...notes.map(({ key }) => ({ key, value: null })), ...stored.takeChanges()]);
      return notes.length < listed.length || listed.length === messagesPerNote;
    });
  }

  return {
    get index() {
      return stored.index;
    },
    /** Reads what is in the store; once. */
    load: () => (loading ??= load()),
    async catchUp(): Promise<void> {
      await this.load();
      while (await step()) await new Promise((resolve) => setTimeout(resolve, 0));
    },
    close(): void {
      closed = true;
    },
    /** Inside `writes`: the messages in the store were replaced, and with them the index. */
    forget(): void {
      stored = createStoredIndex(store);
    },
  };
}

/** The first of them, up to where there is enough to do for one step. */
function cutNotes(notes: readonly Entry[]): readonly Entry[] {
  let messages = 0;
  const end = notes.findIndex(({ value }) => (messages += (value as string[]).length) >= messagesPerNote);
  return end === -1 ? notes : notes.slice(0, end + 1);
}
