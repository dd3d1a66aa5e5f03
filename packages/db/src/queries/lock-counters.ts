import { sql } from "kysely";
import type { Trx } from "../db.ts";
import { wireTimeOf } from "../expressions.ts";

/** Locks the counters of these users in the order of their ids, and gives the time of the marks that follow. */
export async function lockCounters(trx: Trx, userIds: readonly string[]): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    with locked as (
      select user_id from feed_counters
      where user_id = any(${[...new Set(userIds)]}::uuid[])
      order by user_id
      for update
    )
    select ${wireTimeOf(sql`clock_timestamp()`)} as at from (select count(*) from locked) as all_of_them`.execute(
    trx,
  );
  const [row] = rows;
  if (!row) throw new Error("The database gave no time.");
  return row.at;
}
