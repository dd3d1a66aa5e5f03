import { historyAnswerSchema, limits, type WireMessage } from "@sotto/protocol";
import type { Api } from "./api.ts";
import { SottoError, toSottoError, unknownMessage } from "./errors.ts";
import { type Library, messageChanges, publicMessage } from "./library.ts";
import { mergeMessage } from "./merge.ts";
import type { Outbox } from "./outbox.ts";
import { type ConversationRecord, keys, type MessageRecord } from "./records.ts";
import type { Store } from "./stores/store.ts";
import type { Message } from "./types.ts";

const defaultLimit = 50;

export type History = ReturnType<typeof createHistory>;

/**
 * Messages, newest first: from the store as far back as it goes without a gap, from the server beyond that. What the
 * server gives is opened and kept, so that every page is fetched once.
 */
export function createHistory(input: {
  store: Store;
  library: Library;
  outbox: Outbox;
  api: Api;
  open: (wire: WireMessage, memberIds: readonly string[]) => MessageRecord;
}) {
  const { store, library, outbox, api, open } = input;

  /** Fetches the page before the oldest message of the store. */
  async function extend({ id: conversationId, oldestId }: ConversationRecord): Promise<void> {
    const answer = await api.messages.history.query({
      conversationId,
      ...(oldestId === null ? {} : { before: oldestId }),
      limit: limits.historyPage,
    });
    const { messages: page, older } = historyAnswerSchema.parse(answer);
    await library.writes(async () => {
      const conversation = await library.getConversation(conversationId);
      // Another call fetched the same page in the meantime.
      if (conversation.oldestId !== oldestId) return;
      const changes = [];
      for (const wire of page.filter((message) => message.conversationId === conversationId)) {
        const known = await library.findMessage(conversationId, wire.id);
        changes.push(...messageChanges(mergeMessage(known, open(wire, conversation.memberIds))));
      }
      const reached: ConversationRecord = {
        ...conversation,
        oldestId: page.at(-1)?.id ?? oldestId,
        complete: !older,
      };
      await store.commit([...changes, { key: keys.conversation(conversationId), value: reached }]);
    });
  }

  /**
   * What this device has of the page; no messages where it does not know `before`. Inside `writes`, because a message moves from the outbox into the store when it
   * is acknowledged, and must be met exactly once.
   */
  function readPage(conversationId: string, before: string | undefined, limit: number) {
    return library.writes(async () => {
      const conversation = await library.getConversation(conversationId);
      const waiting = outbox.queued(conversationId).toReversed();
      const from = before === undefined ? 0 : waiting.findIndex(({ id }) => id === before) + 1;
      const newest = before === undefined || from > 0;
      const start = newest ? undefined : await library.findMessage(conversationId, before);
      if (!newest && start === undefined) return { messages: null, conversation, whole: false };

      const queued = newest ? waiting.slice(from, from + limit) : [];
      const rest = limit - queued.length;
      const older = start === undefined ? {} : { before: start };
      const stored = rest === 0 ? [] : await library.listMessages(conversationId, { ...older, limit: rest });
      const whole = conversation.complete || stored.length === rest;
      return { messages: [...queued, ...(await library.judge(conversation, stored))], conversation, whole };
    });
  }

  /** @throws SottoError `unknown-conversation`, `unknown-message`, or `offline` where older pages can't be reached */
  async function page(conversationId: string, before: string | undefined, limit: number): Promise<Message[]> {
    for (;;) {
      const { messages, conversation, whole } = await readPage(conversationId, before, limit);
      if (messages === null && conversation.complete) {
        throw unknownMessage();
      }
      if (messages !== null && whole) return messages;
      try {
        await extend(conversation);
      } catch (error) {
        // An empty answer would say that this is the beginning.
        if (messages !== null && messages.length > 0) return messages;
        throw toSottoError(error);
      }
    }
  }

  return {
    async page(
      conversationId: string,
      options: { before?: string; limit?: number } = {},
    ): Promise<Message[]> {
      const limit = Math.floor(options.limit ?? defaultLimit);
      if (!(limit >= 1)) throw new SottoError("bad-input", "The limit of a page of history is at least 1.");
      return page(conversationId, options.before, limit);
    },
    /** The newest message that this device knows of. */
    async newest(conversationId: string): Promise<Message | null> {
      const queued = outbox.queued(conversationId).at(-1);
      if (queued !== undefined) return queued;
      const [message] = await library.listMessages(conversationId, { limit: 1 });
      return message === undefined ? null : publicMessage(message);
    },
  };
}
