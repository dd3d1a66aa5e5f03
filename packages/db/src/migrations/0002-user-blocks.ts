import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Whoever is blocked goes on writing without a sign of it: what they send is stored for them and withheld from the
 * person who blocked them, for good, and so is a conversation that they begin, until there is something to show.
 */
const statements = [
  sql`create table user_blocks (
    blocker_id uuid not null references users on delete cascade,
    blocked_id uuid not null references users on delete cascade,
    created_at timestamptz not null default clock_timestamp(),
    primary key (blocker_id, blocked_id)
  )`,
  sql`create index idx_user_blocks_blocked_id on user_blocks (blocked_id)`,

  sql`alter table conversation_members add column withheld boolean not null default false`,
  sql`alter table messages add column withheld boolean not null default false`,
  sql`create index idx_messages_withheld on messages (recipient_id, conversation_id) where withheld`,
  // What is withheld is never read: it must not lengthen the count of what is unread.
  sql`drop index idx_messages_unread`,
  sql`create index idx_messages_unread on messages (recipient_id, conversation_id, created_at, id)
    where read_at is null and not withheld`,
];

const undoing = [
  sql`drop index idx_messages_unread`,
  sql`create index idx_messages_unread on messages (recipient_id, conversation_id, created_at, id)
    where read_at is null`,
  sql`drop index idx_messages_withheld`,
  sql`alter table messages drop column withheld`,
  sql`alter table conversation_members drop column withheld`,
  sql`drop table user_blocks`,
];

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of undoing) await statement.execute(db);
}

export const userBlocks: Migration = { up, down };
