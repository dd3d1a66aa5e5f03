import { keys } from "../records.ts";
import type { Change, Store } from "../stores/store.ts";
import { createWordIndex, type Indexed } from "./word-index.ts";

/** Messages in one chunk: small enough to be sealed anew for each message that comes. */
const chunkSize = 256;
/** Chunks that are read in one go; between two of them other work has its turn. */
const chunksAtOnce = 4;

/** Ids occur again and again, so a chunk names each once and then by number. */
type Chunk = {
  conversationIds: string[];
  senderIds: string[];
  /** Numbers of conversation and sender, time, id, words joined by spaces. */
  messages: [number, number, string, string, string][];
};

/**
 * The word index as it lies in the store, in chunks that are sealed like every record. Which chunk a message is in
 * follows from when it came; a message that changes stays where it is. Changes go out through `takeChanges`, to be
 * committed together with whatever they follow from.
 */
export function createStoredIndex(store: Store) {
  const index = createWordIndex();
  const chunks: Set<string>[] = [];
  const chunkOf = new Map<string, number>();
  const changed = new Set<number>();

  function place(id: string): number {
    const known = chunkOf.get(id);
    if (known !== undefined) return known;
    if ((chunks.at(-1)?.size ?? chunkSize) >= chunkSize) chunks.push(new Set());
    const number = chunks.length - 1;
    chunks[number]?.add(id);
    chunkOf.set(id, number);
    return number;
  }

  function write(ids: Iterable<string>): Chunk {
    const conversations = createNumbering();
    const senders = createNumbering();
    const messages: Chunk["messages"] = [];
    for (const id of ids) {
      const message = index.get(id);
      if (message === null) continue;
      const { conversationId, senderId, createdAt, words } = message;
      messages.push([conversations.of(conversationId), senders.of(senderId), createdAt, id, words.join(" ")]);
    }
    return { conversationIds: conversations.names, senderIds: senders.names, messages };
  }

  function read(number: number, { conversationIds, senderIds, messages }: Chunk): void {
    chunks[number] = new Set(messages.map(([, , , id]) => id));
    for (const [conversation, sender, createdAt, id, words] of messages) {
      chunkOf.set(id, number);
      const conversationId = conversationIds[conversation] ?? "";
      const senderId = senderIds[sender] ?? "";
      index.put({ id, conversationId, senderId, createdAt, words: words.split(" ") });
    }
  }

  return {
    index,
    async load(): Promise<void> {
      let after: string | undefined;
      for (;;) {
        const entries = await store.list({
          prefix: keys.searchChunks,
          ...(after === undefined ? {} : { after }),
          limit: chunksAtOnce,
        });
        for (const { key, value } of entries)
          read(Number(key.slice(keys.searchChunks.length)), value as Chunk);
        after = entries.at(-1)?.key;
        if (after === undefined) return;
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
    put(message: Indexed): void {
      index.put(message);
      changed.add(place(message.id));
    },
    remove(id: string): void {
      const number = chunkOf.get(id);
      if (number === undefined) return;
      index.remove(id);
      chunkOf.delete(id);
      chunks[number]?.delete(id);
      changed.add(number);
    },
    takeChanges(): Change[] {
      const changes = [...changed].map((number) => ({
        key: keys.searchChunk(number),
        value: write(chunks[number] ?? []),
      }));
      changed.clear();
      return changes;
    },
  };
}

function createNumbering() {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  return {
    names,
    of(name: string): number {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, names.length);
      names.push(name);
      return names.length - 1;
    },
  };
}
