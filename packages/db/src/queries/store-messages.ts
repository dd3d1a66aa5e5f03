/**
 * Storing is idempotent and ordered.
 *
 * The conversation rows are locked first, so everything below sees what every earlier send to them has stored, and
 * nothing else enters them until this transaction ends. Under that lock a message id that is already there is either
 * a retry of the same bytes, answered with what was stored, or a conflict; and a new message gets a time later than
 * the last one of its conversation. The feeds are written under the same locks: in one conversation, the order of
 * (created_at, id) is the order of every member's feed.
 *
 * An envelope to someone who has blocked the sender is stored as any other, but withheld: no event of it enters the
 * recipient's feed, now or later. The sender gets the same answer and the same event of their own as ever.
 */
import type { OutgoingMessage, SendResult } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db, Trx } from "../db.ts";
import { wireTime } from "../expressions.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents, type NewEvent } from "./append-events.ts";

type Refusal = "unknown-conversation" | "wrong-recipients" | "id-conflict";

const refusalTexts: Record<Refusal, string> = {
  "unknown-conversation": "You are not in a conversation with this id.",
  "wrong-recipients":
    "A message carries one envelope for every other member of its conversation and for nobody else.",
  "id-conflict": "This conversation already has another message with this id.",
};

/** What is or will be stored under one message id. */
type Known = { senderId: string; envelopes: Map<string, string>; createdAt: string | null };
type Locked = { memberIds: string[]; blockerIds: string[] };
type Fate = { refused: Refusal } | { known: Known };

type FreshMessage = OutgoingMessage & { blockerIds: readonly string[] };

/** One result for each message, in the order of the input. A refused message never touches its neighbours. */
export async function storeMessages(
  db: Db,
  { senderId, messages }: { senderId: string; messages: readonly OutgoingMessage[] },
): Promise<{ results: SendResult[]; wake: string[] }> {
  return inTransaction(db, async (trx) => {
    const locked = await lockConversations(trx, senderId, messages);
    const known = await selectKnown(trx, messages);
    const fresh: FreshMessage[] = [];
    const fates = messages.map((message): Fate => {
      const conversation = locked.get(message.conversationId);
      if (!conversation?.memberIds.includes(senderId)) return { refused: "unknown-conversation" };
      const { memberIds, blockerIds } = conversation;
      const envelopes = new Map(
        message.envelopes.map((envelope) => [envelope.recipientId, envelope.content]),
      );
      const others = memberIds.filter((memberId) => memberId !== senderId);
      if (message.envelopes.length !== others.length || !others.every((other) => envelopes.has(other))) {
        return { refused: "wrong-recipients" };
      }
      const earlier = known.get(keyOf(message));
      if (earlier) {
        return isSame(earlier, senderId, envelopes) ? { known: earlier } : { refused: "id-conflict" };
      }
      const created: Known = { senderId, envelopes, createdAt: null };
      known.set(keyOf(message), created);
      fresh.push({ ...message, blockerIds });
      return { known: created };
    });

    const times = await insertMessages(trx, senderId, fresh);
    const wake = await appendEvents(
      trx,
      fresh.flatMap((message) => eventsOf(senderId, message)),
    );
    const results = messages.map((message, index): SendResult => {
      const fate = fates[index];
      if (fate && "known" in fate) {
        const createdAt = fate.known.createdAt ?? times.get(keyOf(message));
        if (createdAt !== undefined) return { status: "stored", id: message.id, createdAt };
      }
      if (fate && "refused" in fate) {
        const reason = fate.refused;
        return { status: "refused", id: message.id, reason, message: refusalTexts[reason] };
      }
      throw new Error(`The message ${message.id} was not stored.`);
    });
    return { results, wake };
  });
}

/**
 * Locks every conversation that the batch names, in the order of their ids, and returns who is in it and who of them
 * has blocked the sender.
 */
async function lockConversations(
  trx: Trx,
  senderId: string,
  messages: readonly OutgoingMessage[],
): Promise<Map<string, Locked>> {
  const ids = [...new Set(messages.map((message) => message.conversationId))];
  const { rows } = await sql<Locked & { id: string }>`
    select c.id, array(
      select m.user_id::text from conversation_members m where m.conversation_id = c.id
    ) as "memberIds", array(
      select b.blocker_id::text
      from conversation_members m join user_blocks b on b.blocker_id = m.user_id and b.blocked_id = ${senderId}
      where m.conversation_id = c.id
    ) as "blockerIds"
    from conversations c
    where c.id = any(${ids}::uuid[])
    order by c.id
    for update`.execute(trx);
  return new Map(rows.map(({ id, ...locked }) => [id, locked]));
}

async function selectKnown(trx: Trx, messages: readonly OutgoingMessage[]): Promise<Map<string, Known>> {
  const { rows } = await sql<{
    conversationId: string;
    id: string;
    senderId: string;
    recipientId: string;
    content: string;
    createdAt: string;
  }>`
    select m.conversation_id as "conversationId", m.id, m.sender_id as "senderId",
      m.recipient_id as "recipientId", m.encrypted_content as content, ${wireTime("m.created_at")} as "createdAt"
    from unnest(
      ${messages.map((message) => message.conversationId)}::uuid[],
      ${messages.map((message) => message.id)}::uuid[]
    ) as incoming(conversation_id, id)
    join messages m on m.conversation_id = incoming.conversation_id and m.id = incoming.id`.execute(trx);
  const known = new Map<string, Known>();
  for (const row of rows) {
    const { senderId, createdAt } = row;
    const entry = known.get(keyOf(row)) ?? { senderId, envelopes: new Map<string, string>(), createdAt };
    entry.envelopes.set(row.recipientId, row.content);
    known.set(keyOf(row), entry);
  }
  return known;
}

/** Returns the `created_at` of each message by its key. */
async function insertMessages(
  trx: Trx,
  senderId: string,
  messages: readonly FreshMessage[],
): Promise<Map<string, string>> {
  if (messages.length === 0) return new Map();
  const ranks = new Map<string, number>();
  const envelopes = messages.flatMap(({ conversationId, id, envelopes, blockerIds }) => {
    const rank = ranks.get(conversationId) ?? 0;
    ranks.set(conversationId, rank + 1);
    return envelopes.map((envelope) => {
      const withheld = blockerIds.includes(envelope.recipientId);
      return { conversationId, id, rank, withheld, ...envelope };
    });
  });
  const { rows } = await sql<{ conversationId: string; id: string; createdAt: string }>`
    with clock as materialized (
      select id, greatest(clock_timestamp(), last_message_at + interval '1 microsecond') as first
      from conversations
      where id = any(${[...ranks.keys()]}::uuid[])
    ), stored as (
      insert into messages (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at, withheld)
      select clock.id, e.id, ${senderId}::uuid, e.recipient_id, e.content,
        clock.first + e.rank * interval '1 microsecond', e.withheld
      from unnest(
        ${envelopes.map((envelope) => envelope.conversationId)}::uuid[],
        ${envelopes.map((envelope) => envelope.id)}::uuid[],
        ${envelopes.map((envelope) => envelope.recipientId)}::uuid[],
        ${envelopes.map((envelope) => envelope.content)}::text[],
        ${envelopes.map((envelope) => envelope.rank)}::int[],
        ${envelopes.map((envelope) => envelope.withheld)}::boolean[]
      ) as e(conversation_id, id, recipient_id, content, rank, withheld)
      join clock on clock.id = e.conversation_id
      returning conversation_id, id, created_at
    ), touched as (
      update conversations
      set last_message_at = latest.created_at
      from (select conversation_id, max(created_at) as created_at from stored group by conversation_id) as latest
      where conversations.id = latest.conversation_id
    )
    select conversation_id as "conversationId", id, ${wireTime("created_at")} as "createdAt"
    from stored`.execute(trx);
  return new Map(rows.map((row) => [keyOf(row), row.createdAt]));
}

/** One event for each recipient that gets the message, and one for the sender's own devices. */
function eventsOf(senderId: string, message: FreshMessage): NewEvent[] {
  const { conversationId, id, blockerIds } = message;
  const recipientIds = message.envelopes.map((envelope) => envelope.recipientId).sort();
  const event = (userId: string, recipientId: string): NewEvent => ({
    userId,
    kind: "message",
    conversationId,
    messageId: id,
    recipientId,
  });
  const reached = recipientIds.filter((recipientId) => !blockerIds.includes(recipientId));
  const events = reached.map((recipientId) => event(recipientId, recipientId));
  const shown = recipientIds.at(-1);
  if (shown !== undefined) events.push(event(senderId, shown));
  return events;
}

function isSame(known: Known, senderId: string, envelopes: Map<string, string>): boolean {
  return (
    known.senderId === senderId &&
    known.envelopes.size === envelopes.size &&
    [...envelopes].every(([recipientId, content]) => known.envelopes.get(recipientId) === content)
  );
}

function keyOf({ conversationId, id }: { conversationId: string; id: string }): string {
  return `${conversationId}/${id}`;
}
