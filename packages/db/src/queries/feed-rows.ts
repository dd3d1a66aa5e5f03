import { formatCursor, type FeedEvent, type WireConversation } from "@sotto/protocol";
import type { Db } from "../db.ts";
import type { FeedEventDetail, FeedEventKind } from "../tables/feed-events.ts";
import { selectConversations } from "./conversations.ts";

/** A row of `feed_events`, with its message where it is about one that is there. */
export type EventRow = {
  seq: number;
  tag: string;
  kind: FeedEventKind;
  conversationId: string | null;
  messageId: string | null;
  recipientId: string | null;
  detail: FeedEventDetail | null;
  senderId: string | null;
  content: string | null;
  createdAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
};

/** The events of several feeds in the shape of the wire, or what is wrong with one of a feed. */
export async function toFeedEvents(
  db: Db,
  feeds: readonly { userId: string; rows: readonly EventRow[] }[],
): Promise<(FeedEvent[] | Error)[]> {
  const named = feeds.flatMap(({ userId, rows }) =>
    rows.flatMap((row) =>
      row.kind === "conversation" && row.conversationId !== null
        ? [{ row, id: row.conversationId, userId }]
        : [],
    ),
  );
  const conversations = await selectConversations(db, named);
  const conversationOf = new Map(named.map(({ row }, index) => [row, conversations[index]]));
  return feeds.map(({ rows }) => {
    const events: FeedEvent[] = [];
    for (const row of rows) {
      const event = toEvent(row, conversationOf.get(row));
      if (!event) return new Error(`Event ${row.seq} of the kind ${row.kind} in a feed is incomplete.`);
      events.push(event);
    }
    return events;
  });
}

function toEvent(row: EventRow, conversation: WireConversation | undefined): FeedEvent | null {
  const { seq, tag, kind, detail, conversationId, messageId } = row;
  const cursor = formatCursor({ seq, tag });
  switch (kind) {
    case "message": {
      const { recipientId, senderId, content, createdAt, deliveredAt, readAt } = row;
      if (conversationId === null || messageId === null || recipientId === null) return null;
      if (senderId === null || content === null || createdAt === null) return null;
      const ids = { conversationId, id: messageId, senderId, recipientId };
      return { kind, cursor, message: { ...ids, content, createdAt, deliveredAt, readAt } };
    }
    case "receipt": {
      if (conversationId === null || !detail || !("messageIds" in detail)) return null;
      const { messageIds, userId, state, at } = detail;
      return { kind, cursor, conversationId, messageIds, userId, state, at };
    }
    case "read":
      return conversationId === null || messageId === null
        ? null
        : { kind, cursor, conversationId, messageId };
    case "conversation":
      return conversation ? { kind, cursor, conversation } : null;
    case "account":
      return detail && "version" in detail ? { kind, cursor, version: detail.version } : null;
  }
}
