import { sql, type RawBuilder } from "kysely";
import type { Db, Trx } from "../db.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents } from "./append-events.ts";

type Block = { blockerId: string; blockedId: string };

/**
 * From the moment this returns, nothing that the blocked person sends reaches the blocker. Blocking someone again
 * changes nothing. False where the blocker has blocked `limit` people already.
 */
export async function blockUser(
  db: Db,
  { blockerId, blockedId, limit }: Block & { limit: number },
): Promise<boolean> {
  const { rows } = await sql<{ blocked: boolean }>`
    with known as (
      select blocked_id from user_blocks where blocker_id = ${blockerId}
    ), added as (
      insert into user_blocks (blocker_id, blocked_id)
      select ${blockerId}::uuid, ${blockedId}::uuid where (select count(*) from known) < ${limit}
      on conflict (blocker_id, blocked_id) do nothing
      returning 1
    )
    select exists (select from added) or (select count(*) from known) < ${limit}
      or exists (select from known where blocked_id = ${blockedId}) as blocked`.execute(db);
  return rows[0]?.blocked ?? false;
}

/**
 * What was withheld stays withheld; what is sent from now on arrives. A conversation that the blocked person began
 * meanwhile comes into the feed, so that its messages have a place.
 */
export async function unblockUser(db: Db, { blockerId, blockedId }: Block): Promise<{ wake: string[] }> {
  return inTransaction(db, async (trx) => {
    await trx
      .deleteFrom("user_blocks")
      .where("blocker_id", "=", blockerId)
      .where("blocked_id", "=", blockedId)
      .execute();
    const { rows } = await sql<{ conversationId: string }>`
      update conversation_members m set withheld = false
      where m.user_id = ${blockerId} and m.withheld and exists (
        select from conversation_members other
        where other.conversation_id = m.conversation_id and other.user_id = ${blockedId}
      )
      returning m.conversation_id as "conversationId"`.execute(trx);
    const wake = await appendEvents(
      trx,
      rows.map(({ conversationId }) => ({ userId: blockerId, kind: "conversation", conversationId })),
    );
    return { wake };
  });
}

/** Whom the user has blocked, the first one first. */
export async function listBlocked(db: Db, blockerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("user_blocks")
    .select("blocked_id as blockedId")
    .where("blocker_id", "=", blockerId)
    .orderBy("created_at")
    .orderBy("blocked_id")
    .execute();
  return rows.map(({ blockedId }) => blockedId);
}

/** Of a row of `messages m`: true where the user has not blocked its sender. */
export function isFromUnblocked(userId: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select from user_blocks b where b.blocker_id = ${userId} and b.blocked_id = m.sender_id
  )`;
}

/** Whether one has blocked the other. The block, where there is one, stays until the transaction has ended. */
export async function holdBlock(trx: Trx, { blockerId, blockedId }: Block): Promise<boolean> {
  const block = await trx
    .selectFrom("user_blocks")
    .select("blocker_id")
    .where("blocker_id", "=", blockerId)
    .where("blocked_id", "=", blockedId)
    .forShare()
    .executeTakeFirst();
  return block !== undefined;
}
