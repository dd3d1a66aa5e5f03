/**
 * The only writer of `feed_events`.
 *
 * Every person's events are numbered 1, 2, 3, … by a counter row. The row is locked in the transaction that writes
 * the event and stays locked until it commits, so numbers become visible in their order and without a gap: a reader
 * that has seen event n can never be given an earlier one later. Counter rows are locked in the order of user ids,
 * so two transactions that write to the same feeds cannot wait for each other.
 *
 * A transaction writes all its events at once (or holds the counters of all of them already).
 */
import { randomBytes } from "node:crypto";
import { formatCursor, type FeedEvent } from "@sotto/protocol";
import { sql, type RawBuilder } from "kysely";
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

/** As many tags, each of 8 random bytes in hex. */
export function createTags(count: number): string[] {
  const random = randomBytes(tagBytes * count).toString("hex");
  return Array.from({ length: count }, (_, index) =>
    random.slice(index * tagBytes * 2, (index + 1) * tagBytes * 2),
  );
}

/**
 * The common table expressions that number and write the rows of another one, `new_events (user_id, position, tag,
 * kind, conversation_id, message_id, recipient_id, detail)`. `appended` has what was written, with its `seq`.
 */
export const appending: RawBuilder<unknown> = sql`
  locked_counters as materialized (
    select user_id, last_seq
    from feed_counters
    where user_id in (select user_id from new_events)
    order by user_id
    for update
  ), bumped as (
    update feed_counters
    set last_seq = locked.last_seq + added.events
    from locked_counters locked,
      (select user_id, count(*) as events from new_events group by user_id) as added
    where feed_counters.user_id = locked.user_id and added.user_id = locked.user_id
  ), appended as (
    insert into feed_events (user_id, seq, tag, kind, conversation_id, message_id, recipient_id, detail)
    select e.user_id, locked.last_seq + row_number() over (partition by e.user_id order by e.position),
      e.tag, e.kind, e.conversation_id, e.message_id, e.recipient_id, e.detail
    from new_events e join locked_counters locked on locked.user_id = e.user_id
    returning user_id, seq, tag, conversation_id, message_id, recipient_id
  )`;

/** Appends in the given order, and returns what each feed was given. */
export async function appendEvents(trx: Trx, newEvents: readonly NewEvent[]): Promise<FeedRun[]> {
  if (newEvents.length === 0) return [];
  const tags = createTags(newEvents.length);
  const rows = newEvents.map(({ userId, event }) => ({ userId, kind: event.kind, ...columnsOf(event) }));
  const column = <T>(pick: (row: (typeof rows)[number]) => T): T[] => rows.map(pick);

  const { rows: appended } = await sql<{ userId: string; seq: number; tag: string }>`
    with new_events as (
      select user_id, position, tag, kind, conversation_id, message_id, recipient_id, detail::jsonb as detail
      from unnest(
        ${column(({ userId }) => userId)}::uuid[],
        ${tags}::text[],
        ${column(({ kind }) => kind)}::text[],
        ${column(({ conversationId }) => conversationId)}::uuid[],
        ${column(({ messageId }) => messageId)}::uuid[],
        ${column(({ recipientId }) => recipientId)}::uuid[],
        ${column(({ detail }) => detail && JSON.stringify(detail))}::text[]
      ) with ordinality
        as e(user_id, tag, kind, conversation_id, message_id, recipient_id, detail, position)
    ), ${appending}
    select user_id as "userId", seq, tag from appended`.execute(trx);

  const eventOf = new Map(tags.map((tag, index) => [tag, newEvents[index]?.event]));
  if (appended.length !== newEvents.length) {
    throw new Error(`A feed has no counter: ${appended.length} of ${newEvents.length} events were written.`);
  }
  return toRuns(
    appended.flatMap((row) => {
      const event = eventOf.get(row.tag);
      return event ? [{ ...row, event }] : [];
    }),
  );
}

/** Puts what was written, in any order, together by feed. */
export function toRuns(appended: readonly (NewEvent & { seq: number; tag: string })[]): FeedRun[] {
  const runs = new Map<string, FeedRun>();
  for (const { userId, seq, tag, event } of appended.toSorted((a, b) => a.seq - b.seq)) {
    const run = runs.get(userId) ?? { userId, after: seq - 1, events: [] };
    runs.set(userId, run);
    run.events.push({ ...event, cursor: formatCursor({ seq, tag }) });
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
