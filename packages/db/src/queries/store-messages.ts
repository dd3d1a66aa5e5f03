/**
 * Storing is idempotent and ordered, and one statement for what many people send.
 *
 * The conversation rows are locked first, and nothing else enters them until the statement has committed. Under that
 * lock a message id that is already there is either a retry of the same bytes, answered with what was stored, or a
 * conflict; and a new message gets a time later than the last one of its conversation. Then the counters of the feeds
 * are locked and the events written: in one conversation, the order of (created_at, id) is the order of every member's
 * feed. Each step reads from the one before, which keeps the locks in the order that `inTransaction` names.
 *
 * What the statement leaves out is looked at afterwards: a retry, or a reason to refuse. Neither changes meanwhile.
 * A retry that overtakes itself on another server is left out by the primary key.
 *
 * An envelope for somebody who has blocked its sender is stored and withheld: its recipient is told nothing of it,
 * and its sender cannot tell it from one that was not delivered yet.
 */
import type { OutgoingMessage, SendResult } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import { wireTime } from "../expressions.ts";
import { retrying } from "../transaction.ts";
import { appending, createTags, toRuns, type FeedRun, type NewEvent } from "./append-events.ts";
import { judgeMessages, type Sent } from "./judge-messages.ts";

/** What one person sends at once, in its order. */
export type Send = { senderId: string; messages: readonly OutgoingMessage[] };

/** One result for each message of each send. A refused message never touches its neighbours. */
export async function storeMessages(
  db: Db,
  sends: readonly Send[],
): Promise<{ results: SendResult[][]; runs: FeedRun[] }> {
  const sent = sends.map(({ senderId, messages }) =>
    messages.map((message): Sent => ({ ...message, senderId })),
  );
  const results = new Map<Sent, SendResult>();
  const runs: FeedRun[] = [];
  let open = sent.flat();
  // Each round settles all but those that stood behind another message of their id.
  for (let rounds = open.length; open.length > 0; rounds--) {
    if (rounds < 0) throw new Error("Messages that nothing speaks against were not stored.");
    const firsts = firstOfEachId(open);
    const stored = await insertMessages(db, firsts.filter(hasDistinctRecipients));
    runs.push(...stored.runs);
    for (const [message, createdAt] of stored.createdAt) {
      results.set(message, { status: "stored", id: message.id, createdAt });
    }
    const left = open.filter((message) => !results.has(message));
    if (left.length === 0) break;
    for (const [message, result] of await judgeMessages(db, left)) results.set(message, result);
    open = left.filter((message) => !results.has(message));
  }
  return {
    runs,
    results: sent.map((messages) => messages.flatMap((message) => results.get(message) ?? [])),
  };
}

function firstOfEachId(messages: readonly Sent[]): Sent[] {
  const firsts = new Map<string, Sent>();
  for (const message of messages) {
    const key = `${message.conversationId}/${message.id}`;
    if (!firsts.has(key)) firsts.set(key, message);
  }
  return [...firsts.values()];
}

function hasDistinctRecipients({ envelopes }: Sent): boolean {
  return new Set(envelopes.map(({ recipientId }) => recipientId)).size === envelopes.length;
}

/**
 * Inserts those whose sender and recipients are the members of their conversation and whose id is not there yet, in
 * their order, and returns their `created_at`. What is left out leaves a microsecond unused.
 */
async function insertMessages(
  db: Db,
  messages: readonly Sent[],
): Promise<{ createdAt: Map<Sent, string>; runs: FeedRun[] }> {
  if (messages.length === 0) return { createdAt: new Map(), runs: [] };
  const rows = toRows(messages);
  const column = <T>(pick: (row: Row) => T): T[] => rows.map(pick);
  const statement = sql<{ userId: string; seq: number; tag: string; createdAt: string }>`
    with incoming as (
      select * from unnest(
        ${column(({ message }) => message.conversationId)}::uuid[],
        ${column(({ message }) => message.id)}::uuid[],
        ${column(({ message }) => message.senderId)}::uuid[],
        ${column(({ recipientId }) => recipientId)}::uuid[],
        ${column(({ content }) => content)}::text[],
        ${column(({ message }) => message.envelopes.length)}::int[],
        ${column(({ rank }) => rank)}::int[],
        ${column(({ tag }) => tag)}::text[],
        ${column(({ echoTag }) => echoTag)}::text[]
      ) with ordinality as e(
        conversation_id, id, sender_id, recipient_id, content, envelopes, rank, tag, echo_tag, position
      )
    ), locked as materialized (
      select id, last_message_at
      from conversations
      where id = any(${[...new Set(messages.map(({ conversationId }) => conversationId))]}::uuid[])
      order by id
      for update
    ), clock as materialized (
      select id, greatest(clock_timestamp(), last_message_at + interval '1 microsecond') as first from locked
    ), judged as (
      select incoming.*, bool_and(
        sender_id <> recipient_id and who.present = 2 and who.members = envelopes + 1 and there.is is null
      ) over (partition by conversation_id, id) as sound
      from incoming
      cross join lateral (
        select count(*) as members,
          count(*) filter (where m.user_id in (incoming.sender_id, incoming.recipient_id)) as present
        from conversation_members m where m.conversation_id = incoming.conversation_id
      ) who
      left join lateral (
        select true as is from messages m
        where m.conversation_id = incoming.conversation_id and m.id = incoming.id
        limit 1
      ) there on true
    ), stored as (
      insert into messages
        (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at, withheld)
      select clock.id, e.id, e.sender_id, e.recipient_id, e.content,
        clock.first + e.rank * interval '1 microsecond',
        exists (select from user_blocks b where b.blocker_id = e.recipient_id and b.blocked_id = e.sender_id)
      from judged e join clock on clock.id = e.conversation_id
      where e.sound
      order by e.position
      on conflict do nothing
      returning conversation_id, id, sender_id, recipient_id, created_at, withheld
    ), touched as (
      update conversations
      set last_message_at = latest.created_at
      from (select conversation_id, max(created_at) as created_at from stored group by conversation_id) as latest
      where conversations.id = latest.conversation_id
    ), new_events as (
      select heard.user_id, 2 * e.position + heard.turn as position, heard.tag, 'message'::text as kind,
        s.conversation_id, s.id as message_id, s.recipient_id, null::jsonb as detail
      from stored s
      join incoming e
        on e.conversation_id = s.conversation_id and e.id = s.id and e.recipient_id = s.recipient_id
      cross join lateral (
        values (s.recipient_id, 0, case when not s.withheld then e.tag end), (s.sender_id, 1, e.echo_tag)
      ) as heard(user_id, turn, tag)
      where heard.tag is not null
    ), ${appending}
    select a.user_id as "userId", a.seq, a.tag, ${wireTime("s.created_at")} as "createdAt"
    from appended a join stored s
      on s.conversation_id = a.conversation_id and s.id = a.message_id and s.recipient_id = a.recipient_id`;

  const { rows: appended } = await retrying(() => statement.execute(db));
  const rowOf = new Map(
    rows.flatMap((row) =>
      [row.tag, row.echoTag].flatMap((tag) => (tag === null ? [] : [[tag, row] as const])),
    ),
  );
  const createdAt = new Map<Sent, string>();
  const events = appended.flatMap(({ createdAt: at, ...place }) => {
    const row = rowOf.get(place.tag);
    if (!row) return [];
    createdAt.set(row.message, at);
    return [{ ...place, event: toEvent(row, at) }];
  });
  return { createdAt, runs: toRuns(events) };
}

/** One envelope. `rank`: its message's place among those of its conversation. */
type Row = {
  message: Sent;
  recipientId: string;
  content: string;
  rank: number;
  /** Of the recipient's event. */
  tag: string;
  /** Of the event for the sender's own devices, which is about the message's last envelope; null for the others. */
  echoTag: string | null;
};

function toRows(messages: readonly Sent[]): Row[] {
  const ranks = new Map<string, number>();
  const tags = createTags(2 * messages.reduce((sum, { envelopes }) => sum + envelopes.length, 0)).values();
  const nextTag = () => tags.next().value ?? "";
  return messages.flatMap((message) => {
    const rank = ranks.get(message.conversationId) ?? 0;
    ranks.set(message.conversationId, rank + 1);
    const envelopes = message.envelopes.toSorted((a, b) => (a.recipientId < b.recipientId ? -1 : 1));
    const last = envelopes.at(-1);
    return envelopes.map((envelope) => ({
      message,
      recipientId: envelope.recipientId,
      content: envelope.content,
      rank,
      tag: nextTag(),
      echoTag: envelope === last ? nextTag() : null,
    }));
  });
}

function toEvent({ message, recipientId, content }: Row, createdAt: string): NewEvent["event"] {
  const { conversationId, id, senderId } = message;
  const marks = { deliveredAt: null, readAt: null };
  return {
    kind: "message",
    message: { conversationId, id, senderId, recipientId, content, createdAt, ...marks },
  };
}
