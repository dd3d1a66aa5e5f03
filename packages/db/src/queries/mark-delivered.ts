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
import type { NewEvent } from "./append-events.ts";
import { isFromUnblocked } from "./blocks.ts";
import { receiptEvents, type Marked } from "./receipt-events.ts";

/** A device of the user holds the feed up to this cursor. */
export type Acknowledgement = { userId: string; cursor: Cursor };

/** `more`: a step was made, the same acknowledgement goes on from there. */
export type AcknowledgementOutcome = "done" | "more" | "bad-cursor";

const stepEvents = 1_000;

type Step = { userId: string; after: number; upTo: number };

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

  const { rows } = await sql<Step & { position: number; seq: number; memberIds: string[] }>`
    with asked as (
      select a.position, a.user_id, a.seq, c.acknowledged_seq as after,
        least(a.seq, c.acknowledged_seq + ${stepEvents}) as up_to
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
    select position, user_id as "userId", seq, after, up_to as "upTo", array(
      select distinct m.user_id::text
      from feed_events e join conversation_members m on m.conversation_id = e.conversation_id
      where e.user_id = asked.user_id and e.seq > asked.after and e.seq <= asked.up_to
        and e.kind = 'message' and e.recipient_id = asked.user_id
    ) as "memberIds"
    from asked`.execute(trx);

  for (const { position, userId, seq, after, upTo, memberIds } of rows) {
    outcomes[position - 1] = upTo < seq ? "more" : "done";
    if (upTo <= after) continue;
    concerned.push(userId, ...memberIds);
    // Several devices of one person: the one that is furthest says it all.
    steps.set(userId, { userId, after, upTo: Math.max(upTo, steps.get(userId)?.upTo ?? 0) });
  }
  return { outcomes, steps: [...steps.values()], concerned };
}

/** Needs the counters of everyone concerned. Returns the events that tell the senders. */
export async function markDelivered(trx: Trx, { steps }: Arrivals, at: string): Promise<NewEvent[]> {
  if (steps.length === 0) return [];
  const { rows } = await sql<Marked & { seq: number }>`
    with step as (
      select * from unnest(
        ${steps.map(({ userId }) => userId)}::uuid[],
        ${steps.map(({ after }) => after)}::bigint[],
        ${steps.map(({ upTo }) => upTo)}::bigint[]
      ) as s(user_id, after, up_to)
    ), moved as (
      update feed_counters c set acknowledged_seq = greatest(c.acknowledged_seq, step.up_to)
      from step where c.user_id = step.user_id
    )
    update messages m set delivered_at = ${at}::timestamptz
    from step join feed_events e
      on e.user_id = step.user_id and e.seq > step.after and e.seq <= step.up_to
        and e.kind = 'message' and e.recipient_id = step.user_id
    where m.conversation_id = e.conversation_id and m.id = e.message_id and m.recipient_id = e.recipient_id
      and m.delivered_at is null and ${isFromUnblocked}
    returning m.conversation_id as "conversationId", m.sender_id as "senderId", m.id as "messageId",
      m.recipient_id as "userId", e.seq`.execute(trx);
  rows.sort((a, b) => a.seq - b.seq);
  return receiptEvents(rows, "delivered", at);
}
