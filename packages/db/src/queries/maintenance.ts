import { sql } from "kysely";
import type { Db } from "../db.ts";
import { now } from "../expressions.ts";

/** How long the reuse of a retired refresh token is noticed. */
const retiredTokenDays = 30;

/**
 * Removes what has run out: challenges, used tickets, idle sessions and refresh tokens retired long ago. A token whose
 * successor was never used may be all that its owner has, so it stays as long as the session.
 */
export async function deleteExpired(db: Db): Promise<void> {
  await db.deleteFrom("challenges").where("expires_at", "<=", now).execute();
  await db.deleteFrom("redeemed_tickets").where("expires_at", "<=", now).execute();
  await db.deleteFrom("sessions").where("expires_at", "<=", now).execute();
  await db
    .deleteFrom("refresh_tokens")
    .where("retired_at", "<=", sql<Date>`clock_timestamp() - ${retiredTokenDays}::float8 * interval '1 day'`)
    .where(
      sql<boolean>`not exists (
        select from refresh_tokens next where next.made_from = refresh_tokens.hash and next.retired_at is null
      )`,
    )
    .execute();
}
