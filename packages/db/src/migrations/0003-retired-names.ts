import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Whom people pinned under a name must never be followed by somebody else of that name. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table retired_names (name_hash text primary key)`.execute(db);
}

async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table retired_names`.execute(db);
}

export const retiredNames: Migration = { up, down };
