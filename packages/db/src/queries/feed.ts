import {
  formatCursor,
  limits,
  startCursor,
  type Cursor,
  type FeedEvent,
  type WireMessage,
} from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import type { FeedEventDetail, FeedEventKind } from "../tables/feed-events.ts";
import { selectConversations } from "./conversations.ts";
import { messageColumns, toMessage } from "./message-columns.ts";

/** `more`: something follows these events. */
export type FeedPage = { kind: "events"; events: FeedEvent[]; more: boolean } | { kind: "resync" };

/** The cursor of the newest event. */
export async function findFeedHead(db: Db, userId: string): Promise<string> {
  const head = await db
    .selectFrom("feed_events")
    .select(["seq", "tag"])
    .where("user_id", "=", userId)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return head ? formatCursor(head) : startCursor;
}

/** The number of the newest event of each feed. */
export async function listFeedNumbers(db: Db, userIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ userId: string; lastSeq: number }>`
    select user_id as "userId", last_seq as "lastSeq" from feed_counters
    where user_id = any(${userIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ userId, lastSeq }) => [userId, lastSeq]));
}

type EventRow = {
  seq: number;
  tag: string;
  kind: FeedEventKind;
  eventConversationId: string | null;
  eventMessageId: string | null;
  detail: FeedEventDetail | null;
} & (WireMessage | { [Column in keyof WireMessage]: null });

/**
 * The next events after the cursor, without a hole: each is numbered one more than the one before. At most `limit` of
 * them with at most `maxBytes` of message content together, in characters of base64, but at least one: many readers
 * of large messages would otherwise hold all the memory there is. `octet_length` does not fetch the text.
 * `resync` where the feed does not go on from the cursor: no event has its number and tag (a restored backup), or
 * what follows it is gone (a trimmed feed).
 */
export async function readFeed(
  db: Db,
  {
    userId,
    after,
    limit,
    maxBytes = limits.pageMaxBytes,
  }: { userId: string; after: Cursor; limit: number; maxBytes?: number },
): Promise<FeedPage> {
  // One statement, so one snapshot; the event of the cursor itself comes first, to be compared.
  const { rows } = await sql<EventRow & { lastSeq: number }>`
    select * from (
    select
      counter.last_seq as "lastSeq", e.seq, e.tag, e.kind, e.detail,
      e.conversation_id as "eventConversationId", e.message_id as "eventMessageId",
      ${messageColumns},
      sum(octet_length(m.encrypted_content)) filter (where e.seq > ${after.seq})
        over (order by e.seq rows unbounded preceding) as bytes
    from feed_counters counter
    left join lateral (
      select * from feed_events
      where user_id = counter.user_id and seq >= ${after.seq}
      order by seq
      limit ${limit + 1}
    ) e on true
    left join messages m on e.kind = 'message'
      and m.conversation_id = e.conversation_id and m.id = e.message_id and m.recipient_id = e.recipient_id
    where counter.user_id = ${userId}
    ) page
    where seq is null or seq <= ${after.seq + 1} or coalesce(bytes, 0) <= ${maxBytes}
    order by seq`.execute(db);

  const lastSeq = rows[0]?.lastSeq ?? 0;
  const found = rows.filter((row) => row.seq !== null);
  if (after.tag !== null) {
    const own = found.shift();
    if (own?.seq !== after.seq || own.tag !== after.tag) return { kind: "resync" };
  }
  const firstMissing = found.findIndex(
    (row, index) => row.seq !== after.seq + index + 1 || (row.kind === "message" && row.id === null),
  );
  const next = (firstMissing === -1 ? found : found.slice(0, firstMissing)).slice(0, limit);
  const last = next.at(-1);
  if (!last) return lastSeq > after.seq ? { kind: "resync" } : { kind: "events", events: [], more: false };
  return { kind: "events", events: await toEvents(db, userId, next), more: lastSeq > last.seq };
}

async function toEvents(db: Db, userId: string, rows: readonly EventRow[]): Promise<FeedEvent[]> {
  const ids = rows
    .filter((row) => row.kind === "conversation")
    .flatMap((row) => row.eventConversationId ?? []);
  const conversations = await selectConversations(db, { ids, userId });

  return rows.map((row): FeedEvent => {
    const { seq, kind, tag, detail, eventConversationId: conversationId, eventMessageId: messageId } = row;
    const cursor = formatCursor({ seq, tag });
    switch (kind) {
      case "message":
        if (row.id !== null) return { kind, cursor, message: toMessage(row) };
        break;
      case "receipt":
        if (conversationId !== null && detail && "messageIds" in detail) {
          const { messageIds, userId, state, at } = detail;
          return { kind, cursor, conversationId, messageIds, userId, state, at };
        }
        break;
      case "read":
        if (conversationId !== null && messageId !== null) return { kind, cursor, conversationId, messageId };
        break;
      case "conversation": {
        const conversation = conversations.get(conversationId ?? "");
        if (conversation) return { kind, cursor, conversation };
        break;
      }
      case "account":
        if (detail && "version" in detail) return { kind, cursor, version: detail.version };
        break;
    }
    throw new Error(`Event ${seq} of the kind ${kind} in a feed is incomplete.`);
  });
}
