import type { WireUser } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";

const userColumns = ["id", "username", "public_key as publicKey"] as const;

/** Of a row of `users`: the account was not deleted. */
const hasCredentials = sql<boolean>`exists (select from credentials c where c.user_id = users.id)`;

export async function countUsers(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("users")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Case makes no difference. Nobody finds an account that was deleted. */
export async function findUserByUsername(db: Db, username: string): Promise<WireUser | null> {
  const user = await db
    .selectFrom("users")
    .select(userColumns)
    .where(sql<boolean>`lower(username) = ${username.toLowerCase()}`)
    .where(hasCredentials)
    .executeTakeFirst();
  return user ?? null;
}

export async function findUserById(db: Db, id: string): Promise<WireUser | null> {
  const user = await db.selectFrom("users").select(userColumns).where("id", "=", id).executeTakeFirst();
  return user ?? null;
}

/** People whose names begin with `prefix`, by name; case makes no difference and no character is a wildcard. */
export async function searchUsers(
  db: Db,
  { prefix, exceptUserId, limit }: { prefix: string; exceptUserId: string; limit: number },
): Promise<WireUser[]> {
  const pattern = `${prefix.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  // Sorted by the operator of the index, so that it also gives the order and the scan ends at the limit.
  const { rows } = await sql<WireUser>`
    select id, username, public_key as "publicKey"
    from users
    where lower(username) like ${pattern} and id <> ${exceptUserId} and ${hasCredentials}
    order by lower(username) using ~<~
    limit ${limit}`.execute(db);
  return rows;
}
