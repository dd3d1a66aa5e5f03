/**
 * Storing is idempotent and ordered.
 *
 * The conversation rows are locked first, so everything below sees what every earlier send to them has stored, and
 * nothing else enters them until this transaction ends. Under that lock a message id that is already there is either
 * a retry of the same bytes, answered with what was stored, or a conflict; and a new message gets a time later than
 * the last one of its conversation. The feeds are written under the same locks: in one conversation, the order of
 * (created_at, id) is the order of every member's feed.
 *
 * An envelope for somebody who has blocked its sender is stored and withheld: its recipient is told nothing of it,
 * and its sender cannot tell it from one that was not delivered yet.
 */
import type { OutgoingMessage, SendResult, WireMessage } from "@sotto/protocol";
import { sql } from "kysely";
import type { Trx } from "../db.ts";
import { wireTime } from "../expressions.ts";
import type { NewEvent } from "./append-events.ts";

/** What one person sends at once, in its order. */
export type Send = { senderId: string; messages: readonly OutgoingMessage[] };

type Refusal = "unknown-conversation" | "wrong-recipients" | "id-conflict";

const refusalTexts: Record<Refusal, string> = {
  "unknown-conversation": "You are not in a conversation with this id.",
  "wrong-recipients":
    "A message carries one envelope for every other member of its conversation and for nobody else.",
  "id-conflict": "This conversation already has another message with this id.",
};

/** Who is in a locked conversation, and who of them has blocked whom, as `blocker/blocked`. */
type Locked = { memberIds: string[]; blocks: string[] };
export type LockedConversations = ReadonlyMap<string, Locked>;

/** Messages that are stored or about to be, by the conversation and their id. */
type Key = string;
type Known = { senderId: string; envelopes: Map<string, string>; createdAt: string };
type Candidate = OutgoingMessage & { senderId: string; key: Key };

/** Locks every conversation that is sent to, in the order of their ids. */
export async function lockConversations(trx: Trx, sends: readonly Send[]): Promise<LockedConversations> {
  const ids = new Set(sends.flatMap(({ messages }) => messages.map((message) => message.conversationId)));
  if (ids.size === 0) return new Map();
  const { rows } = await sql<Locked & { id: string }>`
    select c.id, array(
      select m.user_id::text from conversation_members m where m.conversation_id = c.id
    ) as "memberIds", array(
      select b.blocker_id || '/' || b.blocked_id
      from conversation_members m join conversation_members other on other.conversation_id = m.conversation_id
      join user_blocks b on b.blocker_id = m.user_id and b.blocked_id = other.user_id
      where m.conversation_id = c.id
    ) as blocks
    from conversations c
    where c.id = any(${[...ids]}::uuid[])
    order by c.id
    for update`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One result for each message of each send. A refused message never touches its neighbours. */
export async function storeMessages(
  trx: Trx,
  sends: readonly Send[],
  conversations: LockedConversations,
): Promise<{ results: SendResult[][]; events: NewEvent[] }> {
  const refusals = new Map<OutgoingMessage, Refusal>();
  const candidates = new Map<Key, Candidate>();
  for (const { senderId, messages } of sends) {
    for (const message of messages) {
      const refusal = findRefusal(senderId, message, conversations);
      const key = keyOf(message);
      if (refusal) refusals.set(message, refusal);
      else if (!candidates.has(key)) candidates.set(key, { ...message, senderId, key });
    }
  }
  const inserted = await insertMessages(trx, [...candidates.values()], conversations);
  const known = await selectKnown(
    trx,
    [...candidates.values()].filter(({ key }) => !inserted.has(key)),
  );
  for (const [key, createdAt] of inserted) {
    const candidate = candidates.get(key);
    if (candidate) known.set(key, { ...candidate, envelopes: envelopesOf(candidate), createdAt });
  }

  const results = sends.map(({ senderId, messages }) =>
    messages.map((message): SendResult => {
      const { id } = message;
      const stored = known.get(keyOf(message));
      const reason = refusals.get(message) ?? (isSame(stored, senderId, message) ? null : "id-conflict");
      if (reason) return { status: "refused", id, reason, message: refusalTexts[reason] };
      if (!stored) throw new Error(`The message ${id} was not stored.`);
      return { status: "stored", id, createdAt: stored.createdAt };
    }),
  );
  const events = [...candidates.values()].flatMap((candidate) => {
    const createdAt = inserted.get(candidate.key);
    return createdAt === undefined ? [] : eventsOf(candidate, createdAt, conversations);
  });
  return { results, events };
}

function findRefusal(
  senderId: string,
  message: OutgoingMessage,
  conversations: LockedConversations,
): Refusal | null {
  const memberIds = conversations.get(message.conversationId)?.memberIds;
  if (!memberIds?.includes(senderId)) return "unknown-conversation";
  const envelopes = envelopesOf(message);
  const others = memberIds.filter((memberId) => memberId !== senderId);
  const fits =
    message.envelopes.length === others.length && others.every((memberId) => envelopes.has(memberId));
  return fits ? null : "wrong-recipients";
}

/**
 * Inserts those whose id is not there yet, in their order, and returns their `created_at`. An id that is there leaves
 * a microsecond unused.
 */
async function insertMessages(
  trx: Trx,
  candidates: readonly Candidate[],
  conversations: LockedConversations,
): Promise<Map<Key, string>> {
  if (candidates.length === 0) return new Map();
  const ranks = new Map<string, number>();
  const rows = candidates.flatMap(({ conversationId, id, senderId, envelopes }) => {
    const rank = ranks.get(conversationId) ?? 0;
    ranks.set(conversationId, rank + 1);
    return envelopes.map((envelope) => ({
      ...envelope,
      conversationId,
      id,
      senderId,
      rank,
      withheld: isBlocked(conversations, { conversationId, senderId, recipientId: envelope.recipientId }),
    }));
  });
  const column = <T>(pick: (row: (typeof rows)[number]) => T): T[] => rows.map(pick);
  const { rows: stored } = await sql<{ conversationId: string; id: string; createdAt: string }>`
    with clock as materialized (
      select id, greatest(clock_timestamp(), last_message_at + interval '1 microsecond') as first
      from conversations
      where id = any(${[...ranks.keys()]}::uuid[])
    ), stored as (
      insert into messages
        (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at, withheld)
      select clock.id, e.id, e.sender_id, e.recipient_id, e.content,
        clock.first + e.rank * interval '1 microsecond', e.withheld
      from unnest(
        ${column((row) => row.conversationId)}::uuid[],
        ${column((row) => row.id)}::uuid[],
        ${column((row) => row.senderId)}::uuid[],
        ${column((row) => row.recipientId)}::uuid[],
        ${column((row) => row.content)}::text[],
        ${column((row) => row.rank)}::int[],
        ${column((row) => row.withheld)}::boolean[]
      ) as e(conversation_id, id, sender_id, recipient_id, content, rank, withheld)
      join clock on clock.id = e.conversation_id
      on conflict do nothing
      returning conversation_id, id, created_at
    ), touched as (
      update conversations
      set last_message_at = latest.created_at
      from (select conversation_id, max(created_at) as created_at from stored group by conversation_id) as latest
      where conversations.id = latest.conversation_id
    )
    select conversation_id as "conversationId", id, ${wireTime("created_at")} as "createdAt"
    from stored`.execute(trx);
  return new Map(stored.map((row) => [keyOf(row), row.createdAt]));
}

async function selectKnown(trx: Trx, candidates: readonly Candidate[]): Promise<Map<Key, Known>> {
  const known = new Map<Key, Known>();
  if (candidates.length === 0) return known;
  const { rows } = await sql<WireMessage>`
    select m.conversation_id as "conversationId", m.id, m.sender_id as "senderId",
      m.recipient_id as "recipientId", m.encrypted_content as content, ${wireTime("m.created_at")} as "createdAt"
    from unnest(
      ${candidates.map((candidate) => candidate.conversationId)}::uuid[],
      ${candidates.map((candidate) => candidate.id)}::uuid[]
    ) as incoming(conversation_id, id)
    join messages m on m.conversation_id = incoming.conversation_id and m.id = incoming.id`.execute(trx);
  for (const row of rows) {
    const { senderId, createdAt } = row;
    const entry = known.get(keyOf(row)) ?? { senderId, envelopes: new Map<string, string>(), createdAt };
    entry.envelopes.set(row.recipientId, row.content);
    known.set(keyOf(row), entry);
  }
  return known;
}

/** One event for each recipient who has not blocked the sender, and one for the sender's own devices. */
function eventsOf(
  { conversationId, id, senderId, envelopes }: Candidate,
  createdAt: string,
  conversations: LockedConversations,
): NewEvent[] {
  const sorted = [...envelopes].sort((a, b) => (a.recipientId < b.recipientId ? -1 : 1));
  const event = (userId: string, { recipientId, content }: (typeof sorted)[number]): NewEvent => {
    const marks = { deliveredAt: null, readAt: null };
    const message = { conversationId, id, senderId, recipientId, content, createdAt, ...marks };
    return { userId, event: { kind: "message", message } };
  };
  const events = sorted
    .filter(({ recipientId }) => !isBlocked(conversations, { conversationId, senderId, recipientId }))
    .map((envelope) => event(envelope.recipientId, envelope));
  const shown = sorted.at(-1);
  if (shown) events.push(event(senderId, shown));
  return events;
}

function isBlocked(
  conversations: LockedConversations,
  {
    conversationId,
    senderId,
    recipientId,
  }: { conversationId: string; senderId: string; recipientId: string },
): boolean {
  return conversations.get(conversationId)?.blocks.includes(`${recipientId}/${senderId}`) ?? false;
}

function isSame(known: Known | undefined, senderId: string, message: OutgoingMessage): boolean {
  if (!known) return true;
  const envelopes = envelopesOf(message);
  return (
    known.senderId === senderId &&
    known.envelopes.size === envelopes.size &&
    [...envelopes].every(([recipientId, content]) => known.envelopes.get(recipientId) === content)
  );
}

function envelopesOf({ envelopes }: OutgoingMessage): Map<string, string> {
  return new Map(envelopes.map(({ recipientId, content }) => [recipientId, content]));
}

function keyOf({ conversationId, id }: { conversationId: string; id: string }): Key {
  return `${conversationId}/${id}`;
}
