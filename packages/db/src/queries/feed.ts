import { formatCursor, limits, startCursor, type Cursor, type FeedEvent } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import { wireTime } from "../expressions.ts";
import { toFeedEvents, type EventRow } from "./feed-rows.ts";

/** `lastSeq`: the number of the newest event of the feed, these or later ones. */
export type FeedPage = { kind: "events"; events: FeedEvent[]; lastSeq: number } | { kind: "resync" };

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

/** Where somebody is in their feed. `upTo`: nothing later is asked for. */
export type FeedPlace = { userId: string; after: Cursor; upTo?: number };

/** At most `limit` events for each place, with at most `maxBytes` of message content, in characters of base64. */
export type FeedBounds = { limit: number; maxBytes?: number };

/** `broken`: what the database has of this feed is not whole. The others are not concerned. */
export type FeedOutcome = FeedPage | { kind: "broken"; error: Error };

/** For one place what `readFeeds` gives. */
export async function readFeed(
  db: Db,
  { limit, maxBytes, ...place }: FeedPlace & FeedBounds,
): Promise<FeedPage> {
  const bounds = maxBytes === undefined ? { limit } : { limit, maxBytes };
  const [outcome] = await readFeeds(db, [place], bounds);
  if (!outcome) throw new Error("The database gave no outcome for a feed.");
  if (outcome.kind === "broken") throw outcome.error;
  return outcome;
}

/**
 * The next events after each of many places, in their order and without a hole: each is numbered one more than the one
 * before. As many as the bounds allow, but at least one: many readers of large messages would otherwise hold all the
 * memory there is. `octet_length` does not fetch the text.
 * `resync` where a feed does not go on from the cursor: no event has its number and tag (a restored backup), or what
 * follows it is gone (a trimmed feed).
 *
 * Rows are looked up by key one by one, whatever the planner believes: a plan is kept while tables grow.
 */
export async function readFeeds(
  db: Db,
  places: readonly FeedPlace[],
  { limit, maxBytes = limits.pageMaxBytes }: FeedBounds,
): Promise<FeedOutcome[]> {
  // One statement, so one snapshot; the event of the cursor itself comes first, to be compared.
  const { rows } = await sql<EventRow & { position: number; lastSeq: number }>`
    select asked.position, counter.last_seq as "lastSeq", page.*
    from unnest(
      ${places.map(({ userId }) => userId)}::uuid[],
      ${places.map(({ after }) => after.seq)}::bigint[],
      ${places.map(({ upTo }) => upTo ?? null)}::bigint[]
    ) with ordinality as asked(user_id, after, up_to, position)
    cross join lateral (
      select last_seq from feed_counters where user_id = asked.user_id limit 1
    ) counter
    left join lateral (
      select seq, tag, kind, detail, conversation_id as "conversationId", message_id as "messageId",
        recipient_id as "recipientId", sender_id as "senderId", encrypted_content as content,
        ${wireTime("created_at")} as "createdAt", ${wireTime("delivered_at")} as "deliveredAt",
        ${wireTime("read_at")} as "readAt"
      from (
        select e.seq, e.tag, e.kind, e.detail, e.conversation_id, e.message_id, e.recipient_id,
          m.sender_id, m.encrypted_content, m.created_at, m.delivered_at, m.read_at,
          sum(octet_length(m.encrypted_content)) filter (where e.seq > asked.after)
            over (order by e.seq rows unbounded preceding) as bytes
        from (
          select * from feed_events
          where user_id = asked.user_id and seq >= asked.after and seq <= coalesce(asked.up_to, counter.last_seq)
          order by seq
          limit ${limit + 1}
        ) e
        left join lateral (
          select * from messages
          where e.kind = 'message' and conversation_id = e.conversation_id and id = e.message_id
            and recipient_id = e.recipient_id
          limit 1
        ) m on true
      ) sized
      where seq <= asked.after + 1 or coalesce(bytes, 0) <= ${maxBytes}
    ) page on true`.execute(db);

  const feeds = places.map((): { lastSeq: number; rows: EventRow[] } => ({ lastSeq: 0, rows: [] }));
  for (const row of rows) {
    const feed = feeds[row.position - 1];
    if (!feed) continue;
    feed.lastSeq = row.lastSeq;
    if (row.seq !== null) feed.rows.push(row);
  }
  const pages = feeds.map((feed, index) => cutPage(feed.rows, places[index]?.after, limit));
  const events = await toFeedEvents(
    db,
    pages.map((page, index) => ({ userId: places[index]?.userId ?? "", rows: page ?? [] })),
  );
  return pages.map((page, index): FeedOutcome => {
    const { lastSeq } = feeds[index] ?? { lastSeq: 0 };
    const found = events[index] ?? [];
    if (found instanceof Error) return { kind: "broken", error: found };
    const isBrokenOff = found.length === 0 && lastSeq > (places[index]?.after.seq ?? 0);
    if (page === null || isBrokenOff) return { kind: "resync" };
    return { kind: "events", events: found, lastSeq };
  });
}

/** What goes on from the cursor without a hole; null where the cursor is not one of this feed. */
function cutPage(rows: EventRow[], after: Cursor = { seq: 0, tag: null }, limit: number): EventRow[] | null {
  const found = rows.toSorted((a, b) => a.seq - b.seq);
  if (after.tag !== null) {
    const own = found.shift();
    if (own?.seq !== after.seq || own.tag !== after.tag) return null;
  }
  const firstMissing = found.findIndex(
    (row, index) => row.seq !== after.seq + index + 1 || (row.kind === "message" && row.senderId === null),
  );
  return (firstMissing === -1 ? found : found.slice(0, firstMissing)).slice(0, limit);
}
