import type { WireConversation } from "@sotto/protocol";
import { SottoError } from "./errors.ts";
import { createJudge } from "./judge.ts";
import { type Waiting, withUnread } from "./merge.ts";
import {
  type BlockSpan,
  type ConversationRecord,
  isBefore,
  keys,
  type MessageRecord,
  type PersonRecord,
  type Place,
} from "./records.ts";
import { createSerial, type Serial } from "./serial.ts";
import type { Change, Store } from "./stores/store.ts";

const readPage = 100;

export type Library = ReturnType<typeof createLibrary>;

/**
 * Conversations, people and messages in the local store. Whoever reads a record in order to change it does both
 * inside `writes`, so that no two of them start from the same state.
 *
 * @param blockedSpans when this person had blocked that one
 */
export function createLibrary(store: Store, blockedSpans: (userId: string) => BlockSpan[]) {
  const writes: Serial = createSerial();
  /** By conversation. */
  const newest = new Map<string, Promise<MessageRecord | undefined>>();

  async function findConversation(id: string): Promise<ConversationRecord | undefined> {
    return (await store.get(keys.conversation(id))) as ConversationRecord | undefined;
  }

  async function findPlace(conversationId: string, id: string): Promise<Place | undefined> {
    const createdAt = (await store.get(keys.place(conversationId, id))) as string | undefined;
    return createdAt === undefined ? undefined : { id, createdAt };
  }

  async function findMessage(conversationId: string, id: string): Promise<MessageRecord | undefined> {
    const place = await findPlace(conversationId, id);
    return place === undefined ? undefined : readMessage({ conversationId, ...place });
  }

  async function readMessage(place: Place & { conversationId: string }): Promise<MessageRecord | undefined> {
    return (await store.get(keys.message(place))) as MessageRecord | undefined;
  }

  let searchable = false;

  return {
    writes,
    /** Whether messages that change are to be noted for the search index. */
    get searchable(): boolean {
      return searchable;
    },
    setSearchable(value: boolean): void {
      searchable = value;
    },
    /** For who is inside `writes` already. */
    commit: (changes: Change[]): Promise<void> => store.commit(changes),
    findConversation,
    async getConversation(id: string): Promise<ConversationRecord> {
      const conversation = await findConversation(id);
      if (conversation === undefined)
        throw new SottoError("unknown-conversation", "There is no such conversation.");
      return conversation;
    },
    async listConversations(): Promise<ConversationRecord[]> {
      const entries = await store.list({ prefix: keys.conversations });
      return entries.map(({ value }) => value as ConversationRecord);
    },
    async mapPeople(): Promise<Map<string, PersonRecord>> {
      const entries = await store.list({ prefix: keys.people });
      return new Map(entries.map(({ value }) => [(value as PersonRecord).id, value as PersonRecord]));
    },
    async findPerson(id: string): Promise<PersonRecord | undefined> {
      return (await store.get(keys.person(id))) as PersonRecord | undefined;
    },
    findMessage,
    readMessage,
    /** Where a message or an action stands, if it is here. */
    findPlace,
    /**
     * What waits for these messages. However much waits for others, it costs as little as they do: one look where all
     * that waits is soon read, else one for each of them.
     */
    async listWaiting(conversationId: string, targets: readonly string[]): Promise<Waiting[]> {
      if (targets.length === 0) return [];
      const limit = targets.length + 1;
      const first = await store.list({ prefix: keys.waiting(conversationId), limit });
      const entries =
        first.length < limit
          ? first
          : await Promise.all(
              targets.map((target) => store.list({ prefix: keys.waitingFor(conversationId, target) })),
            );
      const wanted = new Set(targets);
      return entries
        .flat()
        .map(({ value }) => value as Waiting)
        .filter(({ target }) => wanted.has(target));
    },
    /**
     * Newest first, from the part that the store has without a gap. Neither `before` nor `after` is part of the answer;
     * with `after` it is the oldest `limit` ones behind it, with `oldest` the very first ones.
     */
    async listMessages(
      conversation: ConversationRecord,
      page: { before?: Place; after?: Place; oldest?: boolean; limit: number },
    ): Promise<MessageRecord[]> {
      const { id: conversationId, complete, oldestId } = conversation;
      const { before, after, limit } = page;
      const forward = after !== undefined || page.oldest === true;
      const bottom = complete || oldestId === null ? undefined : await findPlace(conversationId, oldestId);
      const entries = await store.list({
        prefix: keys.messages(conversationId),
        ...(before && { before: keys.message({ conversationId, ...before }) }),
        ...(after
          ? { after: keys.message({ conversationId, ...after }) }
          : bottom && { after: keys.message({ conversationId, ...bottom, id: "" }) }),
        limit,
        reverse: !forward,
      });
      const messages = entries.map(({ value }) => value as MessageRecord);
      return forward ? messages.toReversed() : messages;
    },
    /** Whether the part that the store has without a gap does not reach down to a place. */
    async isBelow({ id, complete, oldestId }: ConversationRecord, place: Place): Promise<boolean> {
      if (complete || oldestId === null) return !complete;
      const oldest = await findPlace(id, oldestId);
      return oldest === undefined || isBefore(place, oldest);
    },
    /** The newest message of the part that the store has without a gap. */
    findNewest(conversation: ConversationRecord): Promise<MessageRecord | undefined> {
      const { id } = conversation;
      const known = newest.get(id);
      if (known !== undefined) return known;
      const found = this.listMessages(conversation, { limit: 1 }).then(([message]) => message);
      newest.set(id, found);
      found.catch(() => newest.delete(id));
      return found;
    },
    /** Has to hear of everything that is written, by whomever: what is in memory of it is void. */
    forget(changes: readonly Change[]): void {
      for (const { key } of changes) {
        const [kind = "", conversationId = ""] = key.split("/");
        if (kind === "message" || kind === "conversation") newest.delete(conversationId);
      }
    },
    judge: createJudge(store, blockedSpans),
    /**
     * Marks what others wrote as read, up to and with `last`: the changes for it, the newest message that they mark, and
     * how much stays unread.
     */
    async readUpTo(
      conversation: ConversationRecord,
      last: Place,
    ): Promise<{ changes: Change[]; newestRead: Place | undefined; stillUnread: number }> {
      const lastKey = keys.message({ conversationId: conversation.id, ...last });
      const changes: Change[] = [];
      let newestRead: Place | undefined;
      let stillUnread = 0;
      // What the feed brought also counts where older pages have not reached down to it yet.
      const whole = { ...conversation, complete: true };
      let page = await this.listMessages(whole, { limit: readPage });
      while (page.length > 0 && stillUnread + changes.length < conversation.unreadCount) {
        for (const message of page.filter(({ state }) => state === "unread")) {
          if (keys.message(message) > lastKey) {
            stillUnread += 1;
            continue;
          }
          newestRead ??= { id: message.id, createdAt: message.createdAt };
          changes.push({ key: keys.message(message), value: { ...message, state: "read" } });
        }
        const before = page.at(-1);
        page = before === undefined ? [] : await this.listMessages(whole, { before, limit: readPage });
      }
      const value = withUnread(conversation, stillUnread, last);
      if (value !== conversation) changes.push({ key: keys.conversation(conversation.id), value });
      return { changes, newestRead, stillUnread };
    },
  };
}

/** A conversation as the server describes it, with nothing of its messages known yet. */
export function newConversation(wire: WireConversation, opened: boolean): ConversationRecord {
  return {
    id: wire.id,
    kind: wire.kind,
    memberIds: wire.members.map((member) => member.id),
    createdAt: wire.createdAt,
    lastMessageAt: wire.lastMessageAt,
    unreadCount: 0,
    oldestId: null,
    complete: wire.lastMessageAt === null,
    opened,
  };
}

export function personChanges(wire: WireConversation): Change[] {
  return wire.members.map((member) => ({
    key: keys.person(member.id),
    value: member satisfies PersonRecord,
  }));
}
