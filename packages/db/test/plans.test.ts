import { sql } from "kysely";
import { expect, it } from "vitest";
import { storeMessages, writeMarks, type Db } from "../src/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";
import { createPair, cursorOf, outgoing, readWholeFeed } from "./support/people.ts";

const tables = ["messages", "feed_events"];

async function countScans(db: Db): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ scans: number }>`
    select sum(seq_scan)::int as scans from pg_stat_user_tables where relname = any(${tables})`.execute(db);
  return rows[0]?.scans ?? 0;
}

it("writes and marks without reading a table from end to end, however much there is already", async () => {
  await using database = await createTestDatabase("postgres");
  const { db } = database;
  const { alice, bob, conversationId } = await createPair(db);
  // Few people with long feeds: of a range in one of them the planner expects a good part of the table.
  await sql`
    insert into messages (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at, delivered_at, read_at)
    select ${conversationId}, gen_random_uuid(), ${alice.id}, ${bob.id}, '', now() - interval '1 day' + n * interval '1 second',
      now(), now()
    from generate_series(1, 20000) n`.execute(db);
  await sql`
    insert into feed_events (user_id, seq, tag, kind, conversation_id, message_id, recipient_id)
    select md5(u::text)::uuid, n, md5(n::text), 'message', gen_random_uuid(), gen_random_uuid(), md5(u::text)::uuid
    from generate_series(1, 10) u, generate_series(1, 4000) n`.execute(db);
  await sql`update conversation_members set read_until = now() - interval '1 hour'`.execute(db);
  await sql`analyze`.execute(db);
  // What is asked often keeps one plan for all values.
  await db.connection().execute(async (connection) => {
    await sql`set plan_cache_mode = force_generic_plan`.execute(connection);
    const before = await countScans(connection);
    for (let round = 0; round < 4; round++) {
      const message = outgoing(conversationId, bob.id);
      await storeMessages(connection, [{ senderId: alice.id, messages: [message] }]);
      const cursor = cursorOf((await readWholeFeed(connection, bob)).at(-1));
      const acknowledged = await writeMarks(connection, {
        acknowledgements: [{ userId: bob.id, cursor }],
        readMarks: [],
      });
      const read = await writeMarks(connection, {
        acknowledgements: [],
        readMarks: [{ userId: bob.id, conversationId, messageId: message.id }],
      });
      expect([...acknowledged.runs, ...read.runs].length).toBeGreaterThan(1);
    }
    expect(await countScans(connection)).toBe(before);
  });
});
