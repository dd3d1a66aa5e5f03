import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Which token a refresh token was given for, and in answer to which attempt: an attempt whose answer was lost is
 * answered again. Rows from before have neither.
 */
const statements = [
  sql`alter table refresh_tokens add column made_from text, add column attempt_hash text`,
  sql`create index idx_refresh_tokens_made_from on refresh_tokens (made_from) where made_from is not null`,
];

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table refresh_tokens drop column made_from, drop column attempt_hash`.execute(db);
}

export const renewalAttempts: Migration = { up, down };
