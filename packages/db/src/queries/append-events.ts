/**
 * The only writer of `feed_events`.
 *
 * Every person's events are numbered 1, 2, 3, … by a counter row. The row is locked in the transaction that writes
 * the event and stays locked until it commits, so numbers become visible in their order and without a gap: a reader
 * that has seen event n can never be given an earlier one later. Counter rows are locked in the order of user ids,
 * so two transactions that write to the same feeds cannot wait for each other.
 *
 * A transaction calls this once for all its events (or holds the counters of all of them already).
 */
import { randomBytes } from "node:crypto";
import { formatCursor, type FeedEvent } from "@sotto/protocol";
import { sql } from "kysely";
import type { Trx } from "../db.ts";
import type { FeedEventDetail, FeedEventKind } from "../tables/feed-events.ts";

type WithoutCursor<Event> = Event extends FeedEvent ? Omit<Event, "cursor"> : never;

/** An event that has no number yet, for the feed of `userId`. */
export type NewEvent = {
  userId: string;
  event: WithoutCursor<Extract<FeedEvent, { kind: FeedEventKind }>>;
};

/**
 * Events that follow each other without a gap in one feed: the first has the number `after + 1`. Once they are
 * committed they are what `readFeed` gives from there, but for marks that were set meanwhile.
 */
export type FeedRun = { userId: string; after: number; events: FeedEvent[] };

const tagBytes = 8;

/** Appends in the given order, and returns what each feed was given. */
export async function appendEvents(trx: Trx, newEvents: readonly NewEvent[]): Promise<FeedRun[]> {
  if (newEvents.length === 0) return [];
  const userIds = [...new Set(newEvents.map(({ userId }) => userId))];
  const random = randomBytes(tagBytes * newEvents.length);
  const rows = newEvents.map(({ userId, event }, index) => ({
    userId,
    event,
    tag: random.toString("hex", index * tagBytes, (index + 1) * tagBytes),
    ...columnsOf(event),
  }));
  const column = <T>(pick: (row: (typeof rows)[number]) => T): T[] => rows.map(pick);

  const { rows: counters } = await sql<{ userId: string; lastSeq: number }>`
    with incoming as (
      select e.*, row_number() over (partition by user_id order by position) as rank
      from unnest(
        ${column(({ userId }) => userId)}::uuid[],
        ${column(({ tag }) => tag)}::text[],
        ${column(({ event }) => event.kind)}::text[],
        ${column(({ conversationId }) => conversationId)}::uuid[],
        ${column(({ messageId }) => messageId)}::uuid[],
        ${column(({ recipientId }) => recipientId)}::uuid[],
        ${column(({ detail }) => detail && JSON.stringify(detail))}::text[]
      ) with ordinality
        as e(user_id, tag, kind, conversation_id, message_id, recipient_id, detail, position)
    ), locked as materialized (
      select user_id, last_seq
      from feed_counters
      where user_id = any(${userIds}::uuid[])
      order by user_id
      for update
    ), bumped as (
      update feed_counters
      set last_seq = locked.last_seq + added.events
      from locked, (select user_id, count(*) as events from incoming group by user_id) as added
      where feed_counters.user_id = locked.user_id and added.user_id = locked.user_id
    ), appended as (
      insert into feed_events
        (user_id, seq, tag, kind, conversation_id, message_id, recipient_id, detail)
      select incoming.user_id, locked.last_seq + incoming.rank, tag, kind,
        conversation_id, message_id, recipient_id, detail::jsonb
      from incoming join locked on locked.user_id = incoming.user_id
    )
    select user_id as "userId", last_seq as "lastSeq" from locked`.execute(trx);

  const runs = new Map(
    counters.map(({ userId, lastSeq }): [string, FeedRun] => [
      userId,
      { userId, after: lastSeq, events: [] },
    ]),
  );
  for (const { userId, tag, event } of rows) {
    const run = runs.get(userId);
    if (!run) throw new Error(`The user ${userId} has no feed.`);
    const cursor = formatCursor({ seq: run.after + run.events.length + 1, tag });
    run.events.push({ ...event, cursor });
  }
  return [...runs.values()];
}

type Columns = {
  conversationId: string | null;
  messageId: string | null;
  recipientId: string | null;
  detail: FeedEventDetail | null;
};

const noColumns: Columns = { conversationId: null, messageId: null, recipientId: null, detail: null };

/** Where each kind of event is kept; `readFeed` puts it together again. */
function columnsOf(event: NewEvent["event"]): Columns {
  switch (event.kind) {
    case "message": {
      const { conversationId, id, recipientId } = event.message;
      return { conversationId, messageId: id, recipientId, detail: null };
    }
    case "receipt": {
      const { conversationId, messageIds, userId, state, at } = event;
      return { ...noColumns, conversationId, detail: { messageIds, userId, state, at } };
    }
    case "read":
      return { ...noColumns, conversationId: event.conversationId, messageId: event.messageId };
    case "conversation":
      return { ...noColumns, conversationId: event.conversation.id };
    case "account":
      return { ...noColumns, detail: { version: event.version } };
  }
}
