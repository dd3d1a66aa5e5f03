import type { WireConversation } from "@sotto/protocol";
import { indexLinks, judgeLink, type Neighbour, neighbourOf } from "./chain.ts";
import { SottoError } from "./errors.ts";
import {
  type BlockSpan,
  type ConversationRecord,
  keys,
  type Link,
  type MessageRecord,
  type PersonRecord,
} from "./records.ts";
import { createSerial, type Serial } from "./serial.ts";
import type { Change, Store } from "./stores/store.ts";
import type { Message } from "./types.ts";

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

  async function findConversation(id: string): Promise<ConversationRecord | undefined> {
    return (await store.get(keys.conversation(id))) as ConversationRecord | undefined;
  }

  return {
    writes,
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
    async findPerson(id: string): Promise<PersonRecord | undefined> {
      return (await store.get(keys.person(id))) as PersonRecord | undefined;
    },
    async findMessage(conversationId: string, id: string): Promise<MessageRecord | undefined> {
      const createdAt = (await store.get(keys.place(conversationId, id))) as string | undefined;
      if (createdAt === undefined) return undefined;
      return (await store.get(keys.message({ conversationId, createdAt, id }))) as MessageRecord | undefined;
    },
    /** Newest first; `before` is a message that is not part of the answer. */
    async listMessages(
      conversationId: string,
      page: { before?: MessageRecord; limit: number },
    ): Promise<MessageRecord[]> {
      const entries = await store.list({
        prefix: keys.messages(conversationId),
        ...(page.before === undefined ? {} : { before: keys.message(page.before) }),
        limit: page.limit,
        reverse: true,
      });
      return entries.map(({ value }) => value as MessageRecord);
    },
    /** The messages as others may see them, each with what its place in its device's chain says. */
    judge(conversation: ConversationRecord, page: MessageRecord[]): Promise<Message[]> {
      const findInPage = indexLinks(page);
      const findBelow = async (record: MessageRecord, link: Link): Promise<Neighbour> => {
        const before = keys.link(record, link);
        const [entry] = await store.list({
          prefix: keys.links(record, link.device),
          before,
          limit: 1,
          reverse: true,
        });
        return (entry?.value as Neighbour | undefined) ?? null;
      };
      return Promise.all(
        page.map(async (record) => {
          const message = publicMessage(record);
          if (record.link === undefined) return message;
          const below = findInPage(record) ?? (await findBelow(record, record.link));
          const blocked = blockedSpans(record.senderId);
          return { ...message, ...judgeLink(message, record.link, below, conversation.complete, blocked) };
        }),
      );
    },
    /** Marks what others wrote as read, up to and with `last`, and gives the changes for it. */
    async readUpTo(conversation: ConversationRecord, last: MessageRecord): Promise<Change[]> {
      const changes: Change[] = [];
      let stillUnread = 0;
      let page = await this.listMessages(conversation.id, { limit: readPage });
      while (page.length > 0 && stillUnread + changes.length < conversation.unreadCount) {
        for (const message of page.filter(({ state }) => state === "unread")) {
          if (keys.message(message) > keys.message(last)) stillUnread += 1;
          else changes.push({ key: keys.message(message), value: { ...message, state: "read" } });
        }
        const before = page.at(-1);
        page =
          before === undefined ? [] : await this.listMessages(conversation.id, { before, limit: readPage });
      }
      if (stillUnread === conversation.unreadCount) return changes;
      return [
        ...changes,
        { key: keys.conversation(conversation.id), value: { ...conversation, unreadCount: stillUnread } },
      ];
    },
  };
}

/** Without what only the store needs. */
export function publicMessage(record: MessageRecord): Message {
  const { recipientId: _recipientId, link: _link, unannounced: _unannounced, ...message } = record;
  return message;
}

export function messageChanges(message: MessageRecord): Change[] {
  const changes: Change[] = [
    { key: keys.message(message), value: message },
    { key: keys.place(message.conversationId, message.id), value: message.createdAt },
  ];
  if (message.link !== undefined) {
    changes.push({ key: keys.link(message, message.link), value: neighbourOf(message, message.link) });
  }
  return changes;
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
