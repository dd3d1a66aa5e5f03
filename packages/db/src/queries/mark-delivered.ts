/**
 * Delivered marks: cumulative along the feed, and set once. A mark never moves nor vanishes.
 *
 * A device that comes back acknowledges a long run at once. It is marked in steps of bounded size, so that nobody
 * else waits for all of it.
 *
 * Nothing from somebody whom the reader has blocked is marked: a mark would tell them that the reader is there, while
 * their later messages never arrive.
 */
import type { Cursor } from "@sotto/protocol";
import { sql } from "kysely";
import type { Trx } from "../db.ts";
import { plannedEachTime } from "../engine/named-statements.ts";
import type { NewEvent } from "./append-events.ts";
import { isFromUnblocked } from "./blocks.ts";
import { receiptEvents, type Marked } from "./receipt-events.ts";

/** A device of the user holds the feed up to this cursor. */
export type Acknowledgement = { userId: string; cursor: Cursor };

/** `more`: a step was made, the same acknowledgement goes on from there. */
export type AcknowledgementOutcome = "done" | "more" | "bad-cursor";

/** Of one acknowledgement, and of all that are written together. */
const stepEvents = 1_000;
const batchEvents = 10_000;

/** The messages up to there, in their order. */
type Step = { userId: string; upTo: number; conversationIds: string[]; messageIds: string[] };

type Arrivals = { outcomes: AcknowledgementOutcome[]; steps: Step[]; concerned: string[] };

/** Judges the acknowledgements, and finds whose feeds are written to when they are carried out. */
export async function findArrivals(
  trx: Trx,
  acknowledgements: readonly Acknowledgement[],
): Promise<Arrivals> {
  const outcomes = acknowledgements.map(({ cursor }): AcknowledgementOutcome =>
    cursor.tag === null ? "done" : "bad-cursor",
  );
  const steps = new Map<string, Step>();
  const concerned: string[] = [];
  if (outcomes.every((outcome) => outcome === "done")) return { outcomes, steps: [], concerned };

  const step = Math.min(stepEvents, Math.ceil(batchEvents / acknowledgements.length));
  const { rows } = await sql<Step & { position: number; seq: number; after: number; memberIds: string[] }>`
    with asked as (
      select a.position, a.user_id, a.seq, c.acknowledged_seq as after,
        least(a.seq, c.acknowledged_seq + ${step}::int) as up_to
      from unnest(
        ${acknowledgements.map(({ userId }) => userId)}::uuid[],
        ${acknowledgements.map(({ cursor }) => cursor.seq)}::bigint[],
        ${acknowledgements.map(({ cursor }) => cursor.tag)}::text[]
      ) with ordinality as a(user_id, seq, tag, position)
      join feed_counters c on c.user_id = a.user_id
      -- By its whole key, whatever the planner believes of feeds that have just begun to grow.
      cross join lateral (
        select from feed_events e where e.user_id = a.user_id and e.seq = a.seq and e.tag = a.tag limit 1
      ) there
    )
    select position, user_id as "userId", seq, after, up_to as "upTo",
      arrived.conversation_ids::text[] as "conversationIds", arrived.message_ids::text[] as "messageIds",
      array(
        select distinct m.user_id::text
        from conversation_members m where m.conversation_id = any(arrived.conversation_ids)
      ) as "memberIds"
    from asked cross join lateral (
      select
        coalesce(array_agg(e.conversation_id order by e.seq), '{}') as conversation_ids,
        coalesce(array_agg(e.message_id order by e.seq), '{}') as message_ids
      from feed_events e
      where e.user_id = asked.user_id and e.seq > asked.after and e.seq <= asked.up_to
        and e.kind = 'message' and e.recipient_id = asked.user_id
    ) arrived`.execute(trx);

  for (const { position, userId, seq, after, upTo, conversationIds, messageIds, memberIds } of rows) {
    outcomes[position - 1] = upTo < seq ? "more" : "done";
    if (upTo <= after) continue;
    concerned.push(userId, ...memberIds);
    // Several devices of one person: the one that is furthest says it all.
    if (upTo > (steps.get(userId)?.upTo ?? 0)) {
      steps.set(userId, { userId, upTo, conversationIds, messageIds });
    }
  }
  return { outcomes, steps: [...steps.values()], concerned };
}

/**
 * Needs the counters of everyone concerned. Returns the events that tell the senders.
 *
 * Rows are named by their whole key: of a range in a join the planner believes that it is a ninth of a feed, and reads
 * the table from end to end.
 */
export async function markDelivered(trx: Trx, { steps }: Arrivals, at: string): Promise<NewEvent[]> {
  if (steps.length === 0) return [];
  const { rows } = await sql<Marked & { position: number }>`
    ${sql.raw(plannedEachTime)}
    with moved as (
      update feed_counters c set acknowledged_seq = greatest(c.acknowledged_seq, step.up_to)
      from unnest(
        ${steps.map(({ userId }) => userId)}::uuid[],
        ${steps.map(({ upTo }) => upTo)}::bigint[]
      ) as step(user_id, up_to)
      where c.user_id = step.user_id
    )
    update messages m set delivered_at = ${at}::timestamptz
    from unnest(
      ${steps.flatMap(({ conversationIds }) => conversationIds)}::uuid[],
      ${steps.flatMap(({ messageIds }) => messageIds)}::uuid[],
      ${steps.flatMap(({ userId, messageIds }) => messageIds.map(() => userId))}::uuid[]
    ) with ordinality as arrived(conversation_id, id, recipient_id, position)
    where m.conversation_id = arrived.conversation_id and m.id = arrived.id
      and m.recipient_id = arrived.recipient_id and m.delivered_at is null and ${isFromUnblocked}
    returning m.conversation_id as "conversationId", m.sender_id as "senderId", m.id as "messageId",
      m.recipient_id as "userId", arrived.position`.execute(trx);
  rows.sort((a, b) => a.position - b.position);
  return receiptEvents(rows, "delivered", at);
}
