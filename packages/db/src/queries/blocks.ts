import { sql, type RawBuilder } from "kysely";
import type { Db, Trx } from "../db.ts";

export type Block = { blockerId: string; blockedId: string };

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

/** Of a row of `messages m`: true where its recipient has not blocked its sender. */
export const isFromUnblocked = sql<boolean>`not exists (
  select from user_blocks b where b.blocker_id = m.recipient_id and b.blocked_id = m.sender_id
)`;

/** True where one of the two has blocked the other. `memberId` is a column. */
export function isBlockedEitherWay(memberId: RawBuilder<unknown>, userId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from user_blocks b
    where (b.blocker_id = ${memberId} and b.blocked_id = ${userId})
      or (b.blocker_id = ${userId} and b.blocked_id = ${memberId})
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
