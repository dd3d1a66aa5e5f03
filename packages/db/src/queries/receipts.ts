/**
 * Delivered and read marks. Both are cumulative and set once: a mark never moves nor vanishes.
 *
 * A transaction first finds whose messages it would mark, without locks, then locks the counter rows of those people
 * and of the reader in one go, and only then marks. What was found is at least what will be marked, because marks
 * are only ever added; and since every change of a message row happens under its recipient's counter row, two
 * devices of one person mark one after the other.
 *
 * Nothing from somebody whom the reader has blocked is marked: a mark would tell them that the reader is there, while
 * their later messages never arrive.
 */
import { limits, type Cursor, type ReceiptState } from "@sotto/protocol";
import { sql, type RawBuilder } from "kysely";
import type { Db, Trx } from "../db.ts";
import { wireTimeOf } from "../expressions.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents, type NewEvent } from "./append-events.ts";
import { isFromUnblocked } from "./blocks.ts";
import { isTheirs } from "./message-columns.ts";

type Marked = { conversationId: string; senderId: string; messageId: string };

/** Marks as delivered whatever came to the user up to the cursor, and tells the senders. */
export async function acknowledge(
  db: Db,
  { userId, cursor }: { userId: string; cursor: Cursor },
): Promise<{ wake: string[] } | "bad-cursor"> {
  if (cursor.tag === null) return { wake: [] };
  const { seq, tag } = cursor;
  return inTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("feed_events")
      .innerJoin("feed_counters", "feed_counters.user_id", "feed_events.user_id")
      .select("feed_counters.acknowledged_seq as acknowledgedSeq")
      .where("feed_events.user_id", "=", userId)
      .where("feed_events.seq", "=", seq)
      .where("feed_events.tag", "=", tag)
      .executeTakeFirst();
    if (!known) return "bad-cursor";
    if (known.acknowledgedSeq >= seq) return { wake: [] };

    const arrived = (after: number): RawBuilder<unknown> => sql`
      e.user_id = ${userId} and e.seq > ${after} and e.seq <= ${seq}
      and e.kind = 'message' and e.recipient_id = ${userId}
      and m.conversation_id = e.conversation_id and m.id = e.message_id and m.recipient_id = ${userId}
      and m.delivered_at is null and ${isFromUnblocked(userId)}`;
    const senders = await sql<{ senderId: string }>`
      select distinct m.sender_id as "senderId" from feed_events e, messages m
      where ${arrived(known.acknowledgedSeq)}`.execute(trx);
    const { at, acknowledgedSeq } = await lockCounters(trx, userId, senders.rows);
    if (acknowledgedSeq >= seq) return { wake: [] };

    const { rows: marked } = await sql<Marked & { seq: number }>`
      update messages m set delivered_at = ${at}::timestamptz
      from feed_events e
      where ${arrived(acknowledgedSeq)}
      returning m.conversation_id as "conversationId", m.sender_id as "senderId", m.id as "messageId", e.seq`.execute(
      trx,
    );
    await trx
      .updateTable("feed_counters")
      .set({ acknowledged_seq: seq })
      .where("user_id", "=", userId)
      .execute();
    marked.sort((a, b) => a.seq - b.seq);
    return { wake: await appendEvents(trx, receiptsOf(marked, { userId, state: "delivered", at })) };
  });
}

/** Marks as read (and so as delivered) whatever came to the user up to the message, and tells the senders. */
export async function markRead(
  db: Db,
  { userId, conversationId, messageId }: { userId: string; conversationId: string; messageId: string },
): Promise<{ wake: string[] } | "unknown-conversation" | "unknown-message"> {
  return inTransaction(db, async (trx) => {
    const { rows: found } = await sql<{ member: boolean; message: boolean }>`
      select
        exists (
          select from conversation_members
          where conversation_id = ${conversationId} and user_id = ${userId}
        ) as member,
        exists (
          select from messages m
          where m.conversation_id = ${conversationId} and m.id = ${messageId} and ${isTheirs(userId)}
        ) as message`.execute(trx);
    if (!found[0]?.member) return "unknown-conversation";
    if (!found[0].message) return "unknown-message";

    const unread = sql`
      m.recipient_id = ${userId} and m.conversation_id = ${conversationId} and m.read_at is null and not m.withheld
      and ${isFromUnblocked(userId)}
      and (m.created_at, m.id) <= (
        select created_at, id from messages
        where conversation_id = ${conversationId} and id = ${messageId} limit 1
      )`;
    const senders = await sql<{ senderId: string }>`
      select distinct m.sender_id as "senderId" from messages m where ${unread}`.execute(trx);
    if (senders.rows.length === 0) return { wake: [] };
    const { at } = await lockCounters(trx, userId, senders.rows);

    const { rows: marked } = await sql<Marked & { createdAt: string }>`
      update messages m
      set read_at = ${at}::timestamptz, delivered_at = coalesce(delivered_at, ${at}::timestamptz)
      where ${unread}
      returning m.conversation_id as "conversationId", m.sender_id as "senderId", m.id as "messageId",
        ${wireTimeOf(sql`m.created_at`)} as "createdAt"`.execute(trx);
    if (marked.length === 0) return { wake: [] };
    marked.sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.messageId, b.messageId));
    const wake = await appendEvents(trx, [
      ...receiptsOf(marked, { userId, state: "read", at }),
      { userId, kind: "read", conversationId, messageId },
    ]);
    return { wake };
  });
}

/** Locks the counters of the user and the senders, and returns the time of the marks, taken under the locks. */
async function lockCounters(
  trx: Trx,
  userId: string,
  senders: readonly { senderId: string }[],
): Promise<{ at: string; acknowledgedSeq: number }> {
  const userIds = [userId, ...senders.map(({ senderId }) => senderId)];
  const { rows } = await sql<{ userId: string; acknowledgedSeq: number; at: string }>`
    select user_id as "userId", acknowledged_seq as "acknowledgedSeq",
      ${wireTimeOf(sql`clock_timestamp()`)} as at
    from feed_counters
    where user_id = any(${userIds}::uuid[])
    order by user_id
    for update`.execute(trx);
  const own = rows.find((row) => row.userId === userId);
  if (!own) throw new Error(`The user ${userId} has no feed.`);
  return own;
}

/** One event per conversation and sender, its ids in the given order and split where there are too many. */
function receiptsOf(
  marked: readonly Marked[],
  receipt: { userId: string; state: ReceiptState; at: string },
): NewEvent[] {
  const groups = new Map<string, { senderId: string; conversationId: string; messageIds: string[] }>();
  for (const { conversationId, senderId, messageId } of marked) {
    const key = `${conversationId}/${senderId}`;
    const group = groups.get(key) ?? { senderId, conversationId, messageIds: [] };
    group.messageIds.push(messageId);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ senderId, conversationId, messageIds }) =>
    chunksOf(messageIds, limits.receiptIds).map((chunk): NewEvent => ({
      userId: senderId,
      kind: "receipt",
      conversationId,
      detail: { ...receipt, messageIds: chunk },
    })),
  );
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
