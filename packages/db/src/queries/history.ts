import type { WireMessage } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import { isTheirs, messageColumns } from "./message-columns.ts";

/**
 * A page of messages to or from the user, newest first by (created_at, id), one row per message. It ends just
 * before the message `before`, without it at the newest.
 */
export async function listHistory(
  db: Db,
  page: { conversationId: string; userId: string; before?: string; limit: number },
): Promise<WireMessage[] | "unknown-conversation" | "unknown-message"> {
  const { conversationId, userId, before, limit } = page;
  const { rows: found } = await sql<{ member: boolean; message: boolean }>`
    select
      exists (
        select from conversation_members
        where conversation_id = ${conversationId} and user_id = ${userId}
      ) as member,
      exists (
        select from messages
        where conversation_id = ${conversationId} and id = ${before ?? null}
          and ${userId}::uuid in (sender_id, recipient_id)
      ) as message`.execute(db);
  if (!found[0]?.member) return "unknown-conversation";
  if (before !== undefined && !found[0].message) return "unknown-message";

  const older =
    before === undefined
      ? sql`true`
      : sql`(m.created_at, m.id) < (
          select created_at, id from messages
          where conversation_id = ${conversationId} and id = ${before} limit 1
        )`;
  const { rows } = await sql<WireMessage>`
    select distinct on (m.created_at, m.id) ${messageColumns}
    from messages m
    where m.conversation_id = ${conversationId}
      and ${isTheirs(userId)}
      and ${older}
    order by m.created_at desc, m.id desc, m.recipient_id desc
    limit ${limit}`.execute(db);
  return rows;
}
