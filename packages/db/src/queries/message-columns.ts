import type { WireMessage } from "@sotto/protocol";
import { sql, type RawBuilder } from "kysely";
import { wireTime } from "../expressions.ts";

/** A row of `messages m` in the shape of the wire. */
export const messageColumns = sql`
  m.conversation_id as "conversationId",
  m.id,
  m.sender_id as "senderId",
  m.recipient_id as "recipientId",
  m.encrypted_content as "content",
  ${wireTime("m.created_at")} as "createdAt",
  ${wireTime("m.delivered_at")} as "deliveredAt",
  ${wireTime("m.read_at")} as "readAt"`;

/**
 * A row of `messages m` that the user sent or received, nothing that was withheld from them. Written so that no index
 * on sender or recipient can serve it: pages are read along the index of the conversation and end at their limit,
 * however much the person has written.
 */
export function isTheirs(userId: string | RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${userId}::uuid = any(array[m.sender_id, case when not m.withheld then m.recipient_id end])`;
}

/** The message alone, of a row that has more columns. */
export function toMessage(message: WireMessage): WireMessage {
  const { conversationId, id, senderId, recipientId, content, createdAt, deliveredAt, readAt } = message;
  return { conversationId, id, senderId, recipientId, content, createdAt, deliveredAt, readAt };
}
