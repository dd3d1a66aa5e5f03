import { sql } from "kysely";
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
