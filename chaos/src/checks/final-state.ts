/** What the database holds once everything has stopped. */
export type FinalState = {
  users: { id: string; username: string }[];
  messages: StoredMessage[];
  /** By user id. */
  feeds: Map<string, Feed>;
};

export type StoredMessage = {
  id: string;
  conversationId: string;
  senderId: string;
  recipientId: string;
  /** UTC, ISO 8601 with microseconds. */
  createdAt: string;
  delivered: boolean;
  read: boolean;
};

export type Feed = { lastSeq: number; events: FeedRow[] };

/** `messageId` is set for messages alone. */
export type FeedRow = { seq: number; tag: string; kind: string; messageId: string | null };

/** The order in which everybody sees a conversation. */
export function inOrder(messages: readonly StoredMessage[]): StoredMessage[] {
  return [...messages].sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
