/**
 * Read marks: cumulative along a conversation, and set once. What was seen has arrived, so they mark as delivered too.
 * A long run is marked in steps of bounded size, so that nobody else waits for all of it. As with delivered marks,
 * nothing from somebody whom the reader has blocked is marked.
 *
 * `read_until` of the reader's membership bounds the search for what is unread. In one conversation every message is
 * later than all that were stored before, so nothing that arrives afterwards lies below it.
 */
import { sql } from "kysely";
import type { Trx } from "../db.ts";
import { plannedEachTime } from "../engine/named-statements.ts";
import { wireTime } from "../expressions.ts";
import type { NewEvent } from "./append-events.ts";
import { isFromUnblocked } from "./blocks.ts";
import { isTheirs } from "./message-columns.ts";
import { receiptEvents, type Marked } from "./receipt-events.ts";

/** The user has seen this message and all before it. */
export type ReadMark = { userId: string; conversationId: string; messageId: string };

/** `more`: a step was made, the same mark goes on from there. */
export type ReadOutcome = "done" | "more" | "unknown-conversation" | "unknown-message";

/** Of one mark, and of all that are written together. */
const stepMessages = 1_000;
const batchMessages = 10_000;

/** What to mark now, in its order and up to when, and which message the user's other devices are told. */
type Step = ReadMark & { upTo: string; messageIds: string[] };

type Unread = { outcomes: ReadOutcome[]; steps: Step[]; concerned: string[] };

/** Judges the marks, and finds whose feeds are written to when they are carried out. */
export async function findUnread(trx: Trx, marks: readonly ReadMark[]): Promise<Unread> {
  const steps = new Map<string, Step>();
  const concerned: string[] = [];
  if (marks.length === 0) return { outcomes: [], steps: [], concerned };

  const limit = Math.min(stepMessages, Math.ceil(batchMessages / marks.length));
  const { rows } = await sql<{
    memberIds: string[];
    known: boolean;
    messageIds: string[];
    upTo: string | null;
  }>`
    select
      array(
        select user_id::text from conversation_members where conversation_id = mark.conversation_id
      ) as "memberIds",
      last.created_at is not null as known,
      step.message_ids::text[] as "messageIds", ${wireTime("step.up_to")} as "upTo"
    from unnest(
      ${marks.map(({ userId }) => userId)}::uuid[],
      ${marks.map(({ conversationId }) => conversationId)}::uuid[],
      ${marks.map(({ messageId }) => messageId)}::uuid[]
    ) with ordinality as mark(user_id, conversation_id, message_id, position)
    left join conversation_members own
      on own.conversation_id = mark.conversation_id and own.user_id = mark.user_id
    left join lateral (
      select m.created_at from messages m
      where m.conversation_id = mark.conversation_id and m.id = mark.message_id
        and ${isTheirs(sql`mark.user_id`)}
      limit 1
    ) last on true
    cross join lateral (
      select coalesce(array_agg(oldest.id order by oldest.created_at), '{}') as message_ids,
        max(oldest.created_at) as up_to
      from (
        select m.created_at, m.id from messages m
        where m.recipient_id = mark.user_id and m.conversation_id = mark.conversation_id and m.read_at is null
          and m.created_at > own.read_until and m.created_at <= last.created_at
          and not m.withheld and ${isFromUnblocked}
        order by m.created_at
        limit ${limit}
      ) oldest
    ) step
    order by mark.position`.execute(trx);

  const outcomes = marks.map((mark, index): ReadOutcome => {
    const row = rows[index];
    if (!row?.memberIds.includes(mark.userId)) return "unknown-conversation";
    if (!row.known) return "unknown-message";
    const { messageIds, upTo } = row;
    if (upTo === null) return "done";
    const more = messageIds.length === limit;
    concerned.push(...row.memberIds);
    const step = {
      ...mark,
      messageId: more ? (messageIds.at(-1) ?? mark.messageId) : mark.messageId,
      upTo,
      messageIds,
    };
    const key = keyOf(mark);
    const other = steps.get(key);
    if (!other || step.upTo >= other.upTo) steps.set(key, step);
    return more ? "more" : "done";
  });
  return { outcomes, steps: [...steps.values()], concerned };
}

/**
 * Needs the counters of everyone concerned. Returns the events that tell the senders and the reader's own devices.
 * Rows are named by their whole key, as in `markDelivered`.
 */
export async function markRead(trx: Trx, { steps }: Unread, at: string): Promise<NewEvent[]> {
  if (steps.length === 0) return [];
  const { rows } = await sql<Marked & { position: number }>`
    ${sql.raw(plannedEachTime)}
    with marked as (
      update messages m
      set read_at = ${at}::timestamptz, delivered_at = coalesce(delivered_at, ${at}::timestamptz)
      from unnest(
        ${steps.flatMap(({ conversationId, messageIds }) => messageIds.map(() => conversationId))}::uuid[],
        ${steps.flatMap(({ messageIds }) => messageIds)}::uuid[],
        ${steps.flatMap(({ userId, messageIds }) => messageIds.map(() => userId))}::uuid[]
      ) with ordinality as seen(conversation_id, id, recipient_id, position)
      where m.conversation_id = seen.conversation_id and m.id = seen.id and m.recipient_id = seen.recipient_id
        and m.read_at is null and not m.withheld and ${isFromUnblocked}
      returning m.conversation_id, m.sender_id, m.id, m.recipient_id, m.created_at, seen.position
    ), moved as (
      update conversation_members own set read_until = greatest(own.read_until, last.created_at)
      from (
        select conversation_id, recipient_id, max(created_at) as created_at
        from marked group by conversation_id, recipient_id
      ) as last
      where own.conversation_id = last.conversation_id and own.user_id = last.recipient_id
    )
    select conversation_id as "conversationId", sender_id as "senderId", id as "messageId",
      recipient_id as "userId", position
    from marked`.execute(trx);
  rows.sort((a, b) => a.position - b.position);
  const marked = new Set(rows.map(keyOf));
  return [
    ...receiptEvents(rows, "read", at),
    ...steps
      .filter((step) => marked.has(keyOf(step)))
      .map(({ userId, conversationId, messageId }): NewEvent => ({
        userId,
        event: { kind: "read", conversationId, messageId },
      })),
  ];
}

function keyOf({ userId, conversationId }: { userId: string; conversationId: string }): string {
  return `${userId}/${conversationId}`;
}
