import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * What is unread is found from a position on and no longer through an index of its own, which every message had to
 * enter and leave again. No index knows of marks any more, and pages keep room for the marked copies of their rows, so
 * that a mark touches no index (a heap-only tuple, see PostgreSQL's README.HOT).
 *
 * A feed exists as long as its counter, which every writer of events has locked: that reference makes the one from
 * each event to its person unnecessary.
 */
const statements = [
  sql`alter table conversation_members add column read_until timestamptz not null default '-infinity'`,
  sql`update conversation_members member
    set read_until = read.until
    from (
      select m.conversation_id, m.recipient_id, max(m.created_at) as until
      from messages m
      left join (
        select conversation_id, recipient_id, min(created_at) as since
        from messages
        where read_at is null and not withheld
        group by conversation_id, recipient_id
      ) unread on unread.conversation_id = m.conversation_id and unread.recipient_id = m.recipient_id
      where m.read_at is not null and m.created_at < coalesce(unread.since, 'infinity')
      group by m.conversation_id, m.recipient_id
    ) as read
    where member.conversation_id = read.conversation_id and member.user_id = read.recipient_id`,
  sql`drop index idx_messages_unread`,
  sql`alter table messages set (fillfactor = 50)`,
  sql`alter table conversations set (fillfactor = 50)`,
  sql`alter table conversation_members set (fillfactor = 50)`,
  sql`alter table feed_counters set (fillfactor = 50)`,
  sql`alter table feed_events drop constraint feed_events_user_id_fkey`,
];

const undoing = [
  sql`alter table feed_events
    add constraint feed_events_user_id_fkey foreign key (user_id) references users on delete cascade`,
  sql`alter table feed_counters reset (fillfactor)`,
  sql`alter table conversation_members reset (fillfactor)`,
  sql`alter table conversations reset (fillfactor)`,
  sql`alter table messages reset (fillfactor)`,
  sql`create index idx_messages_unread on messages (recipient_id, conversation_id, created_at, id)
    where read_at is null and not withheld`,
  sql`alter table conversation_members drop column read_until`,
];

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of undoing) await statement.execute(db);
}

export const cheaperWrites: Migration = { up, down };
