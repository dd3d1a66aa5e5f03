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
import { sql } from "kysely";
import type { Trx } from "../db.ts";
import type { FeedEventDetail, FeedEventKind } from "../tables/feed-events.ts";

export type NewEvent = {
  userId: string;
  kind: FeedEventKind;
  conversationId?: string;
  messageId?: string;
  recipientId?: string;
  detail?: FeedEventDetail;
};

const tagBytes = 8;

/** Appends in the given order and returns the users to wake once the transaction has committed. */
export async function appendEvents(trx: Trx, events: readonly NewEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  const userIds = [...new Set(events.map((event) => event.userId))];
  const tags = randomBytes(tagBytes * events.length);
  const column = <T>(pick: (event: NewEvent, index: number) => T): T[] => events.map(pick);

  const { rows } = await sql<{ count: number }>`
    with incoming as (
      select e.*, row_number() over (partition by user_id order by position) as rank
      from unnest(
        ${column((event) => event.userId)}::uuid[],
        ${column((_, index) => tags.toString("hex", index * tagBytes, (index + 1) * tagBytes))}::text[],
        ${column((event) => event.kind)}::text[],
        ${column((event) => event.conversationId ?? null)}::uuid[],
        ${column((event) => event.messageId ?? null)}::uuid[],
        ${column((event) => event.recipientId ?? null)}::uuid[],
        ${column((event) => (event.detail ? JSON.stringify(event.detail) : null))}::text[]
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
      returning 1
    )
    select count(*) as count from appended`.execute(trx);

  if (rows[0]?.count !== events.length) {
    throw new Error(`A feed has no counter: ${rows[0]?.count ?? 0} of ${events.length} events were written.`);
  }
  return userIds;
}
