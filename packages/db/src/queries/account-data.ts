import type { AccountData } from "@sotto/protocol";
import type { Db } from "../db.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents, type FeedRun } from "./append-events.ts";

export async function findAccountData(db: Db, userId: string): Promise<AccountData> {
  const data = await db
    .selectFrom("account_data")
    .select(["version", "sealed"])
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return data ?? { version: 0, sealed: null };
}

/** Stores `version + 1` where `version` is the stored one (0: none yet); null where it is not. */
export async function putAccountData(
  db: Db,
  { userId, version, sealed }: { userId: string; version: number; sealed: string },
): Promise<{ version: number; runs: FeedRun[] } | null> {
  return inTransaction(db, async (trx) => {
    const next = version + 1;
    const stored =
      version === 0
        ? await trx
            .insertInto("account_data")
            .values({ user_id: userId, version: next, sealed })
            .onConflict((conflict) => conflict.column("user_id").doNothing())
            .returning("version")
            .executeTakeFirst()
        : await trx
            .updateTable("account_data")
            .set({ version: next, sealed })
            .where("user_id", "=", userId)
            .where("version", "=", version)
            .returning("version")
            .executeTakeFirst();
    if (!stored) return null;
    const runs = await appendEvents(trx, [{ userId, event: { kind: "account", version: next } }]);
    return { version: next, runs };
  });
}
