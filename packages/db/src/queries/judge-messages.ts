import type { OutgoingMessage, SendResult } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import { wireTime } from "../expressions.ts";

export type Sent = OutgoingMessage & { senderId: string };

type Refusal = "unknown-conversation" | "wrong-recipients" | "id-conflict";

const refusalTexts: Record<Refusal, string> = {
  "unknown-conversation": "You are not in a conversation with this id.",
  "wrong-recipients":
    "A message carries one envelope for every other member of its conversation and for nobody else.",
  "id-conflict": "This conversation already has another message with this id.",
};

type Stored = { senderId: string; recipientId: string; content: string; createdAt: string };
type Standing = { memberIds: string[]; stored: Stored[] };

/** Says of each what it is: stored before with the same bytes, or refused. Nothing of those that could be stored. */
export async function judgeMessages(db: Db, messages: readonly Sent[]): Promise<Map<Sent, SendResult>> {
  const standings = await selectStandings(db, messages);
  const results = new Map<Sent, SendResult>();
  for (const [index, message] of messages.entries()) {
    const standing = standings[index];
    const result = standing && judge(message, standing);
    if (result) results.set(message, result);
  }
  return results;
}

function judge(message: Sent, { memberIds, stored }: Standing): SendResult | null {
  const { id, senderId, envelopes } = message;
  const refuse = (reason: Refusal): SendResult => {
    return { status: "refused", id, reason, message: refusalTexts[reason] };
  };
  if (!memberIds.includes(senderId)) return refuse("unknown-conversation");
  const others = memberIds.filter((memberId) => memberId !== senderId);
  const recipients = new Set(envelopes.map(({ recipientId }) => recipientId));
  const reachesAll = envelopes.length === others.length && others.every((other) => recipients.has(other));
  if (!reachesAll) return refuse("wrong-recipients");
  const [first] = stored;
  if (!first) return null;
  const same = envelopes.every((envelope) =>
    stored.some(
      (row) =>
        row.senderId === senderId &&
        row.recipientId === envelope.recipientId &&
        row.content === envelope.content,
    ),
  );
  if (!same || stored.length !== envelopes.length) return refuse("id-conflict");
  return { status: "stored", id, createdAt: first.createdAt };
}

/** Who is in the conversation of each message, and what is stored under its id. */
async function selectStandings(db: Db, messages: readonly Sent[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select
      array(
        select m.user_id::text from conversation_members m where m.conversation_id = asked.conversation_id
      ) as "memberIds",
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'senderId', m.sender_id, 'recipientId', m.recipient_id,
          'content', m.encrypted_content, 'createdAt', ${wireTime("m.created_at")}
        ))
        from messages m where m.conversation_id = asked.conversation_id and m.id = asked.id
      ), '[]') as stored
    from unnest(
      ${messages.map(({ conversationId }) => conversationId)}::uuid[],
      ${messages.map(({ id }) => id)}::uuid[]
    ) with ordinality as asked(conversation_id, id, position)
    order by asked.position`.execute(db);
  return rows;
}
