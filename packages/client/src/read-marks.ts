import type { Api } from "./api.ts";
import type { Emitter } from "./emitter.ts";
import type { Library } from "./library.ts";
import { isBefore, keys } from "./records.ts";
import type { Preferences } from "./preferences.ts";
import { createRetry, isPassing } from "./retry.ts";
import type { Store } from "./stores/store.ts";

/** What this person has read: marked in the store at once, told to the server as soon as it can be reached. */
export function createReadMarks(input: {
  store: Store;
  library: Library;
  api: Api;
  emitter: Emitter;
  preferences: Preferences;
  isOnline: () => boolean;
  /** As the feed's applier says it. */
  onReadElsewhere: () => void;
}) {
  const { store, library, api, emitter, preferences, isOnline, onReadElsewhere } = input;
  let flushing: Promise<void> | null = null;
  const retry = createRetry(() => void flush().catch(() => undefined));

  async function flushOnce(): Promise<void> {
    for (const { key, value } of await store.list({ prefix: keys.readMarks })) {
      if (!isOnline()) return;
      const messageId = value as string;
      try {
        await api.messages.markRead.mutate({ conversationId: key.slice(keys.readMarks.length), messageId });
      } catch (error) {
        // A mark that the server refuses would be refused again. Without a connection the next one is waited for.
        if (isPassing(error)) return isOnline() ? retry.failed() : undefined;
      }
      await library.writes(async () => {
        if ((await store.get(key)) === messageId) await store.commit([{ key, value: null }]);
      });
    }
    retry.succeeded();
  }

  function flush(): Promise<void> {
    flushing ??= flushOnce().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  return {
    flush,
    close: () => retry.close(),
    /** Takes over what was read in private on other devices. */
    async applyPrivate(): Promise<void> {
      for (const conversationId of preferences.listPrivatelyRead()) {
        await library.writes(async () => {
          const conversation = await library.findConversation(conversationId);
          const place = preferences.readPlace(conversationId);
          if (conversation === undefined || conversation.unreadCount === 0 || place === null) return;
          if (await library.isBelow(conversation, place)) {
            const value = { ...conversation, readElsewhere: place.id };
            await store.commit([{ key: keys.conversation(conversationId), value }]);
            return;
          }
          const { changes } = await library.readUpTo(conversation, place);
          if (changes.length > 0) await store.commit(changes);
        });
        emitter.tell("messages", { conversationId });
      }
      emitter.tell("conversations", undefined);
      onReadElsewhere();
    },
    /** @throws SottoError `unknown-conversation`. A message that is not in the store yet is left to the server. */
    async mark(conversationId: string, messageId: string): Promise<void> {
      const privately = await library.writes(async () => {
        const conversation = await library.getConversation(conversationId);
        const last = await library.findPlace(conversationId, messageId);
        const waiting = (await store.get(keys.readMark(conversationId))) as string | undefined;
        const isPublic = preferences.settings().readReceipts && !preferences.isKeptFrom(conversation);
        const marked = waiting === undefined ? undefined : await library.findPlace(conversationId, waiting);
        // Marks only go forward, also while they wait.
        if (marked !== undefined && last !== undefined && isBefore(last, marked)) return null;
        const key = keys.readMark(conversationId);
        if (last === undefined) {
          // It is on its way; the server knows it already, and in private it is marked once it is here.
          if (isPublic) await store.commit([{ key, value: messageId }]);
          return null;
        }
        const { changes, newestRead, stillUnread } = await library.readUpTo(conversation, last);
        // The server refuses a mark at a message that it never had.
        const isImported = (await library.readMessage({ conversationId, ...last }))?.state === "imported";
        const place = isImported ? (newestRead ?? marked) : last;
        // Who has read everything has also seen what was said about it since.
        const seen = stillUnread === 0 ? conversation.newestAction : undefined;
        const furthest = place === undefined || (seen !== undefined && isBefore(place, seen)) ? seen : place;
        await store.commit(
          isPublic && furthest !== undefined ? [...changes, { key, value: furthest.id }] : changes,
        );
        return isPublic || furthest === undefined ? null : furthest;
      });
      // Outside: the account data may be on its way to the server, and everything that arrives would wait for that.
      if (privately !== null) await preferences.setReadPlace(conversationId, privately);
      emitter.tell("messages", { conversationId });
      emitter.tell("conversations", undefined);
      await flushing;
      await flush();
    },
  };
}
