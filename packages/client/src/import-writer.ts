import { SottoError } from "./errors.ts";
import type { Library } from "./library.ts";
import type { Waiting } from "./merge.ts";
import { unindexedChanges } from "./message-records.ts";
import { emptied, receive, type Source } from "./receive.ts";
import { keys, type MessageRecord } from "./records.ts";
import type { Change, Store } from "./stores/store.ts";

/** Messages that are looked at in one go: between two of them other work has its turn. */
const messagesAtOnce = 200;

/**
 * Writes an import into the store in parts. Each message carries the time of its import, and a note that it has begun
 * stays until it has ended, so that what was cancelled, or cut off by a crash, can be taken back as a whole.
 *
 * Edits, deletions and reactions of the feed come once. One that waits for a message applies to the message of the
 * file, and waits again when that is taken back.
 */
export function createImportWriter(store: Store, library: Library) {
  let closed = false;

  function write(task: () => Promise<Change[]>): Promise<void> {
    return library.writes(async () => {
      // The store may be about to be erased: nothing may be written into it after that.
      if (closed) throw new SottoError("closed", "The messenger is closed.");
      await store.commit(await task());
    });
  }

  /** Those of the part that are not here yet, and how many. */
  async function takePart(part: readonly MessageRecord[]): Promise<number> {
    let taken = 0;
    await write(async () => {
      const places = await Promise.all(
        part.map(({ conversationId, id }) => library.findPlace(conversationId, id)),
      );
      const fresh = part.filter((_, index) => places[index] === undefined);
      taken = fresh.length;
      // None of them is here: only what waits for them has to be looked for.
      const source: Source = {
        ...emptied(library),
        listWaiting: (conversationId, targets) => library.listWaiting(conversationId, targets),
      };
      const changes: Change[] = [];
      for (const [conversationId, messages] of groupByConversation(fresh)) {
        const arrivals = messages.map((message) => ({ kind: "message", message }) as const);
        changes.push(...(await receive(source, conversationId, arrivals)).changes);
      }
      return changes;
    });
    return taken;
  }

  /** Gives where to go on. */
  async function removePart(importedAt: string, after: string | undefined): Promise<string | undefined> {
    let last: string | undefined;
    await write(async () => {
      const from = after === undefined ? {} : { after };
      const entries = await store.list({ prefix: keys.allMessages, ...from, limit: messagesAtOnce });
      last = entries.at(-1)?.key;
      const imported = entries
        .map(({ value }) => value as MessageRecord)
        .filter((message) => message.importedAt === importedAt);
      const changes = imported.flatMap((message) => {
        const gone = [keys.message(message), keys.place(message.conversationId, message.id)];
        return gone.map((key): Change => ({ key, value: null })).concat(waitAgain(message));
      });
      return library.searchable ? [...changes, ...unindexedChanges(imported)] : changes;
    });
    return last;
  }

  const note = (value: string | null) => write(async () => [{ key: keys.importing, value }]);

  return {
    /** Each of them named once. Gives how many were not here yet. */
    async take(
      records: readonly MessageRecord[],
      importedAt: string,
      onProgress: (progress: number) => void,
      signal: AbortSignal,
    ): Promise<number> {
      let taken = 0;
      await note(importedAt);
      for (let start = 0; start < records.length; start += messagesAtOnce) {
        taken += await takePart(records.slice(start, start + messagesAtOnce));
        onProgress(Math.min(1, (start + messagesAtOnce) / records.length));
        await new Promise((resolve) => setTimeout(resolve, 0));
        signal.throwIfAborted();
      }
      await note(null);
      return taken;
    },
    /** Removes what an import has written that has not ended. */
    async takeBack(): Promise<void> {
      const importedAt = await store.get(keys.importing);
      if (typeof importedAt !== "string") return;
      let after = await removePart(importedAt, undefined);
      while (after !== undefined) after = await removePart(importedAt, after);
      await note(null);
    },
    close(): void {
      closed = true;
    },
  };
}

function groupByConversation(messages: readonly MessageRecord[]): Map<string, MessageRecord[]> {
  const groups = new Map<string, MessageRecord[]>();
  for (const message of messages) {
    const group = groups.get(message.conversationId);
    if (group === undefined) groups.set(message.conversationId, [message]);
    else group.push(message);
  }
  return groups;
}

/** The file's own actions go with their message; the server's are still to be applied to the one that it may give. */
function waitAgain({ conversationId, id: target, actions = [] }: MessageRecord): Change[] {
  return actions
    .filter(({ imported }) => imported !== true)
    .map((action) => ({
      key: keys.waitingAction(conversationId, target, action.id),
      value: { target, action } satisfies Waiting,
    }));
}
