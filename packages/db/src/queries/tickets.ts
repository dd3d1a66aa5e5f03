import type { Db } from "../db.ts";
import { inMs } from "../expressions.ts";

/** False where the ticket was used before, on whichever node. `ttlMs` is how long it could still be presented. */
export async function redeemTicket(db: Db, { id, ttlMs }: { id: string; ttlMs: number }): Promise<boolean> {
  const redeemed = await db
    .insertInto("redeemed_tickets")
    .values({ id, expires_at: inMs(ttlMs) })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return redeemed !== undefined;
}
