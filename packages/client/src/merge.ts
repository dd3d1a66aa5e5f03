import type { ConversationRecord, MessageRecord } from "./records.ts";
import type { MessageState } from "./types.ts";

/**
 * How what arrives changes what is there: pure, and the same whatever the order or repetition in which the feed, a
 * page of history and the answer to a send bring it.
 */

const ranks: Record<MessageState, number> = {
  queued: 0,
  refused: 0,
  sent: 1,
  unread: 1,
  delivered: 2,
  read: 3,
};

/** States only go forward. */
export function laterState(a: MessageState, b: MessageState): MessageState {
  return ranks[b] > ranks[a] ? b : a;
}

export function mergeMessage(known: MessageRecord | undefined, incoming: MessageRecord): MessageRecord {
  if (known === undefined) return incoming;
  const state = laterState(known.state, incoming.state);
  // A message that could not be opened may be readable by now: a key or a version was missing.
  const readable = known.problem === undefined ? known : incoming;
  // Its first time stands: under another it would lie in the store twice.
  return { ...readable, createdAt: known.createdAt, state };
}

/** The conversation after a message that was not in it. Unread ones count if they are others'. */
export function withMessage(conversation: ConversationRecord, message: MessageRecord): ConversationRecord {
  const { lastMessageAt, unreadCount } = conversation;
  return {
    ...conversation,
    lastMessageAt:
      lastMessageAt === null || message.createdAt > lastMessageAt ? message.createdAt : lastMessageAt,
    unreadCount: message.state === "unread" ? unreadCount + 1 : unreadCount,
  };
}
