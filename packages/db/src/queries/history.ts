import { limits } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import { isTheirs } from "./message-columns.ts";
import { selectPage, toPage, type MessagePage } from "./message-page.ts";

/**
 * A page of messages to or from the user, newest first. It ends just before the message `before`, without it at the
 * newest. `maxBytes` bounds the content of all its messages together, in characters of base64.
 */
export async function listHistory(
  db: Db,
  page: { conversationId: string; userId: string; before?: string; limit: number; maxBytes?: number },
): Promise<MessagePage | "unknown-conversation" | "unknown-message"> {
  const { conversationId, userId, before, limit, maxBytes = limits.pageMaxBytes } = page;
  const { rows: found } = await sql<{ member: boolean; message: boolean }>`
    select
      exists (
        select from conversation_members
        where conversation_id = ${conversationId} and user_id = ${userId}
      ) as member,
      exists (
        select from messages m
        where m.conversation_id = ${conversationId} and m.id = ${before ?? null} and ${isTheirs(userId)}
      ) as message`.execute(db);
  if (!found[0]?.member) return "unknown-conversation";
  if (before !== undefined && !found[0].message) return "unknown-message";

  const condition =
    before === undefined
      ? sql`true`
      : sql`(m.created_at, m.id) < (
          select created_at, id from messages
          where conversation_id = ${conversationId} and id = ${before} limit 1
        )`;
  const query = selectPage({
    conversationId: sql`${conversationId}::uuid`,
    userId,
    condition,
    limit,
    maxBytes,
  });
  const { rows } = await query.execute(db);
  return toPage(rows);
}
