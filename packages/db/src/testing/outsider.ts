import { sql } from "kysely";
import { openDatabase } from "../open-database.ts";

/** What somebody else can do to the PostgreSQL of a running server. */
export async function openAsOutsider(databaseUrl: string) {
  const url = new URL(databaseUrl);
  url.searchParams.set("application_name", "outsider");
  const { db, close } = await openDatabase({ databaseUrl: url.href });

  async function hold(table: "feed_events" | "sessions") {
    const held = await db.startTransaction().execute();
    await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(held);
    let released = false;
    const release = async () => {
      if (!released) await held.commit().execute();
      released = true;
    };
    return { held, release, [Symbol.asyncDispose]: release };
  }

  async function holdFeeds() {
    const { held, ...holding } = await hold("feed_events");
    return {
      ...holding,
      /** Counts an event, so that whoever looks finds the feed longer, and writes it, to be seen after the release. */
      async addEvent(userId: string): Promise<void> {
        await sql`update feed_counters set last_seq = last_seq + 1 where user_id = ${userId}::uuid`.execute(
          db,
        );
        await sql`
          insert into feed_events (user_id, seq, tag, kind, detail, created_at)
          select user_id, last_seq, '0123456789abcdef', 'account', '{"version":1}', now()
          from feed_counters where user_id = ${userId}::uuid`.execute(held);
      },
    };
  }

  return {
    /** Nobody else gets at a session until it is released. */
    holdSessions: () => hold("sessions"),
    /** Ends every connection of the server, and says how many there were. */
    async endConnections(): Promise<number> {
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'sotto'`.execute(db);
      return rows.length;
    },
    /** Settles once a statement of the server waits for a lock. */
    async someoneWaits(): Promise<void> {
      for (;;) {
        const { rows } = await sql`
          select from pg_stat_activity
          where datname = current_database() and application_name = 'sotto' and wait_event_type = 'Lock'`.execute(
          db,
        );
        if (rows.length > 0) return;
        await sql`select pg_sleep(0.02)`.execute(db);
      }
    },
    /** Nobody else reads or writes a feed until the release, or the end of the scope. */
    holdFeeds,
    [Symbol.asyncDispose]: close,
  };
}
