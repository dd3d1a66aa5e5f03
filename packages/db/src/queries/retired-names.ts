import { createHash } from "node:crypto";
import { isDeletedName } from "@sotto/protocol";
import type { Trx } from "../db.ts";

/** The name is taken from now on, although nobody has it. */
export async function retireName(trx: Trx, username: string): Promise<void> {
  await trx
    .insertInto("retired_names")
    .values({ name_hash: hashOf(username) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether somebody had this name, or it would look like that of somebody who left. */
export async function isRetired(trx: Trx, username: string): Promise<boolean> {
  if (isDeletedName(username)) return true;
  const retired = await trx
    .selectFrom("retired_names")
    .select("name_hash")
    .where("name_hash", "=", hashOf(username))
    .executeTakeFirst();
  return retired !== undefined;
}

function hashOf(username: string): string {
  return createHash("sha256").update(username.toLowerCase()).digest("hex");
}
