import { SottoError, toSottoError, unknownMessage } from "./errors.ts";
import type { Library } from "./library.ts";
import type { LoadOlder } from "./older-pages.ts";
import type { Outbox } from "./outbox.ts";
import { publicMessage } from "./message-records.ts";
import type { ConversationRecord, MessageRecord, Place } from "./records.ts";
import type { HistoryPage, Message } from "./types.ts";

const defaultLimit = 50;
/** So many are read at once on the way to the first unread one. */
const stepLimit = 100;

/** `whole`: the page is as long as was asked for, or there is no more. */
type Part = { records: MessageRecord[]; whole: boolean };

export type History = ReturnType<typeof createHistory>;

/**
 * Messages, newest first: what waits in the outbox, then the store as far back as it goes without a gap, then, page by
 * page, what the server has beyond that.
 */
export function createHistory(input: {
  library: Library;
  outbox: Outbox;
  loadOlder: LoadOlder;
  userId: string;
}) {
  const { library, outbox, loadOlder, userId } = input;

  async function findRecord(conversationId: string, id: string): Promise<MessageRecord | undefined> {
    const queued = outbox.queuedMessages(conversationId).find((message) => message.id === id);
    return queued ?? (await library.findMessage(conversationId, id));
  }

  /** The messages before one, or the newest. */
  async function readBefore(
    conversation: ConversationRecord,
    anchor: MessageRecord | undefined,
    limit: number,
  ): Promise<Part> {
    const waiting = outbox.queuedMessages(conversation.id).toReversed();
    const inQueue = anchor === undefined || anchor.state === "queued";
    const from = waiting.findIndex(({ id }) => id === anchor?.id) + 1;
    const queued = inQueue ? waiting.slice(from, from + limit) : [];
    const rest = limit - queued.length;
    const before = inQueue || anchor === undefined ? {} : { before: anchor };
    const stored = rest === 0 ? [] : await library.listMessages(conversation, { ...before, limit: rest });
    return { records: [...queued, ...stored], whole: conversation.complete || stored.length === rest };
  }

  /** The messages right behind one. */
  async function readAfter(
    conversation: ConversationRecord,
    anchor: MessageRecord,
    limit: number,
  ): Promise<Part> {
    if (limit === 0) return { records: [], whole: true };
    const waiting = outbox.queuedMessages(conversation.id);
    const stored =
      anchor.state === "queued" ? [] : await library.listMessages(conversation, { after: anchor, limit });
    const from = waiting.findIndex(({ id }) => id === anchor.id) + 1;
    const queued = waiting.slice(from, from + limit - stored.length);
    return { records: [...queued.toReversed(), ...stored], whole: true };
  }

  async function readAround(
    conversation: ConversationRecord,
    anchor: MessageRecord,
    limit: number,
  ): Promise<Part> {
    const newer = await readAfter(conversation, anchor, Math.floor((limit - 1) / 2));
    const older = await readBefore(conversation, anchor, limit - 1 - newer.records.length);
    return { records: [...newer.records, anchor, ...older.records], whole: older.whole };
  }

  /**
   * What this device has of the page; null where it does not know the message that the page is to begin from. Inside
   * `writes`, because a message moves from the outbox into the store when it is acknowledged, and must be met exactly
   * once.
   */
  function readPage(conversationId: string, { before, after, around }: HistoryPage, limit: number) {
    return library.writes(async () => {
      const conversation = await library.getConversation(conversationId);
      const anchorId = before ?? after ?? around;
      const anchor = anchorId === undefined ? undefined : await findRecord(conversationId, anchorId);
      if (anchorId !== undefined && anchor === undefined)
        return { conversation, messages: null, whole: false };
      const read = after !== undefined ? readAfter : around !== undefined ? readAround : readBefore;
      const { records, whole } = await (anchor === undefined
        ? readBefore(conversation, undefined, limit)
        : read(conversation, anchor, limit));
      const messages = await library.judge(conversation, records.map(outbox.withQueuedActions));
      return { conversation, messages, whole };
    });
  }

  return {
    /** @throws SottoError `bad-input`, `unknown-conversation`, `unknown-message`, `offline` */
    async page(conversationId: string, options: HistoryPage = {}): Promise<Message[]> {
      const limit = Math.floor(options.limit ?? defaultLimit);
      if (!(limit >= 1)) throw new SottoError("bad-input", "The limit of a page of history is at least 1.");
      for (;;) {
        const { messages, conversation, whole } = await readPage(conversationId, options, limit);
        if (messages !== null && whole) return messages;
        if (conversation.complete) throw unknownMessage();
        try {
          await loadOlder(conversation);
        } catch (error) {
          // An empty answer would say that this is the beginning.
          if (messages !== null && messages.length > 0) return messages;
          throw toSottoError(error);
        }
      }
    },
    /**
     * The oldest message that this person has not read, or the oldest of them that can be had; what lies between here
     * and there is loaded. Whoever reads marks all that is older, so behind one of others that was read all is.
     *
     * @throws SottoError `unknown-conversation`
     */
    async firstUnread(conversationId: string): Promise<string | null> {
      let oldest: string | null = null;
      let count = 0;
      let before: Place | undefined;
      const look = async (): Promise<{ conversation: ConversationRecord; done: boolean }> => {
        const conversation = await library.getConversation(conversationId);
        while (count < conversation.unreadCount) {
          const range = before === undefined ? { limit: stepLimit } : { before, limit: stepLimit };
          const page = await library.listMessages(conversation, range);
          if (page.length === 0) return { conversation, done: conversation.complete };
          for (const { id, senderId, state } of page) {
            if (state === "read" && senderId !== userId) return { conversation, done: true };
            if (state !== "unread") continue;
            oldest = id;
            count += 1;
          }
          before = page.at(-1);
        }
        return { conversation, done: true };
      };
      for (;;) {
        const { conversation, done } = await library.writes(look);
        if (done) return oldest;
        try {
          await loadOlder(conversation);
        } catch {
          return oldest;
        }
      }
    },
    /** One message as it is on this device, also while it is queued. */
    find(conversationId: string, id: string): Promise<MessageRecord | null> {
      return library.writes(async () => {
        const record = await findRecord(conversationId, id);
        return record === undefined ? null : outbox.withQueuedActions(record);
      });
    },
    async message(conversationId: string, id: string): Promise<Message | null> {
      const record = await this.find(conversationId, id);
      const conversation = await library.findConversation(conversationId);
      if (record === null || conversation === undefined) return null;
      const [judged] = await library.judge(conversation, [record]);
      return judged ?? null;
    },
    /** Those of the places that have a message in the store, without what their place in a chain says. */
    async readEach(places: readonly (Place & { conversationId: string })[]): Promise<Message[]> {
      const records = await Promise.all(places.map(library.readMessage));
      return records.flatMap((record) =>
        record === undefined ? [] : [publicMessage(outbox.withQueuedActions(record))],
      );
    },
    /** The newest message that this device knows of. */
    async newest(conversation: ConversationRecord): Promise<MessageRecord | null> {
      const queued = outbox.queuedMessages(conversation.id).at(-1);
      if (queued !== undefined) return queued;
      const message = await library.findNewest(conversation);
      return message === undefined ? null : outbox.withQueuedActions(message);
    },
  };
}
