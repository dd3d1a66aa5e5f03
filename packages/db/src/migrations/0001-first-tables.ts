import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const statements = [
  sql`create table meta (
    key text primary key,
    value text not null
  )`,

  sql`create table users (
    id uuid primary key,
    username text not null,
    public_key text not null,
    created_at timestamptz not null default clock_timestamp()
  )`,
  // One index for equality, for uniqueness and, thanks to its operator class, for prefixes in any collation.
  sql`create unique index idx_users_username on users (lower(username) text_pattern_ops)`,

  sql`create table credentials (
    user_id uuid primary key references users on delete cascade,
    registration_record text not null,
    password_slot text not null,
    recovery_slot text not null,
    recovery_proof_hash text not null
  )`,

  sql`create table sessions (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    device text not null,
    created_at timestamptz not null default clock_timestamp(),
    last_used_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null
  )`,
  sql`create index idx_sessions_user_id on sessions (user_id)`,
  sql`create index idx_sessions_expires_at on sessions (expires_at)`,

  sql`create table refresh_tokens (
    hash text primary key,
    session_id uuid not null references sessions on delete cascade,
    created_at timestamptz not null default clock_timestamp(),
    retired_at timestamptz
  )`,
  sql`create index idx_refresh_tokens_session_id on refresh_tokens (session_id)`,
  sql`create index idx_refresh_tokens_retired_at on refresh_tokens (retired_at) where retired_at is not null`,

  sql`create table challenges (
    id text primary key,
    kind text not null,
    user_id uuid references users on delete cascade,
    state text not null,
    expires_at timestamptz not null
  )`,
  sql`create index idx_challenges_user_id on challenges (user_id)`,
  sql`create index idx_challenges_expires_at on challenges (expires_at)`,

  sql`create table redeemed_tickets (
    id text primary key,
    expires_at timestamptz not null
  )`,
  sql`create index idx_redeemed_tickets_expires_at on redeemed_tickets (expires_at)`,

  sql`create table account_data (
    user_id uuid primary key references users on delete cascade,
    version integer not null,
    sealed text not null
  )`,

  sql`create table conversations (
    id uuid primary key,
    kind text not null check (kind in ('direct')),
    created_at timestamptz not null default clock_timestamp(),
    last_message_at timestamptz
  )`,

  sql`create table conversation_members (
    conversation_id uuid not null references conversations on delete cascade,
    user_id uuid not null references users,
    joined_at timestamptz not null default clock_timestamp(),
    primary key (conversation_id, user_id)
  )`,
  sql`create index idx_conversation_members_user_id on conversation_members (user_id)`,

  sql`create table messages (
    conversation_id uuid not null references conversations on delete cascade,
    id uuid not null,
    sender_id uuid not null references users,
    recipient_id uuid not null references users,
    encrypted_content text not null,
    created_at timestamptz not null default clock_timestamp(),
    delivered_at timestamptz,
    read_at timestamptz,
    primary key (conversation_id, id, recipient_id)
  )`,
  sql`create index idx_messages_sender_id on messages (sender_id)`,
  sql`create index idx_messages_recipient_id on messages (recipient_id)`,
  sql`create index idx_messages_conversation on messages (sender_id, recipient_id, created_at)`,
  sql`create index idx_messages_history on messages (conversation_id, created_at, id, recipient_id)`,
  sql`create index idx_messages_unread on messages (recipient_id, conversation_id, created_at, id)
    where read_at is null`,

  sql`create table feed_counters (
    user_id uuid primary key references users on delete cascade,
    last_seq bigint not null default 0,
    acknowledged_seq bigint not null default 0
  )`,

  sql`create table feed_events (
    user_id uuid not null references users on delete cascade,
    seq bigint not null,
    tag text not null,
    kind text not null,
    conversation_id uuid,
    message_id uuid,
    recipient_id uuid,
    detail jsonb,
    created_at timestamptz not null default clock_timestamp(),
    primary key (user_id, seq)
  )`,
];

const tables = [
  "feed_events",
  "feed_counters",
  "messages",
  "conversation_members",
  "conversations",
  "account_data",
  "redeemed_tickets",
  "challenges",
  "refresh_tokens",
  "sessions",
  "credentials",
  "users",
  "meta",
];

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of tables) await db.schema.dropTable(table).execute();
}

export const firstTables: Migration = { up, down };
