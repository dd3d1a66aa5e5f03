import type { Db } from "@sotto/db";
import { sql } from "kysely";
import type { Feed, FinalState, StoredMessage } from "./checks/final-state.ts";

/** Reads what the checker needs. */
export async function readFinalState(db: Db): Promise<FinalState> {
  const { rows: users } = await sql<{ id: string; username: string }>`
    select id::text, username from users`.execute(db);
  const { rows: messages } = await sql<StoredMessage>`
    select id::text, conversation_id::text as "conversationId", sender_id::text as "senderId",
      recipient_id::text as "recipientId", delivered_at is not null as delivered, read_at is not null as read,
      to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt"
    from messages`.execute(db);
  const feeds = new Map<string, Feed>();
  for (const { id } of users) feeds.set(id, await readFeed(db, id));
  return { users, messages, feeds };
}

async function readFeed(db: Db, userId: string): Promise<Feed> {
  const { rows: events } = await sql<Feed["events"][number]>`
    select seq, tag, kind, case when kind = 'message' then message_id::text end as "messageId"
    from feed_events where user_id = ${userId} order by seq`.execute(db);
  const { rows } = await sql<{ lastSeq: number }>`
    select last_seq as "lastSeq" from feed_counters where user_id = ${userId}`.execute(db);
  return { lastSeq: rows[0]?.lastSeq ?? 0, events };
}

const dumpPage = 2_000;

/** Every row of every table as text, page by page: files alone would hide what a database compresses. */
export async function* dumpRows(db: Db): AsyncGenerator<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  for (const { name } of tables) {
    for (let offset = 0; ; offset += dumpPage) {
      const { rows } = await sql<{ row: string }>`
        select to_json(t)::text as row from ${sql.table(name)} t
        order by ctid limit ${dumpPage} offset ${offset}`.execute(db);
      yield rows.map(({ row }) => row).join("\n");
      if (rows.length < dumpPage) break;
    }
  }
}
