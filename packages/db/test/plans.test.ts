import { sql } from "kysely";
import { expect, it } from "vitest";
import { readFeeds, storeMessages, writeMarks, type Db } from "../src/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";
import { createPair, cursorOf, outgoing, readWholeFeed } from "./support/people.ts";

const start = { seq: 0, tag: null };
const tables = ["messages", "feed_events"];

async function countScans(db: Db): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ scans: number }>`
    select sum(seq_scan)::int as scans from pg_stat_user_tables where relname = any(${tables})`.execute(db);
  return rows[0]?.scans ?? 0;
}

/** Rows that scans of the two tables or their indexes came by. */
async function countRowsRead(db: Db): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ read: number }>`
    select (
      (select sum(seq_tup_read) from pg_stat_user_tables where relname = any(${tables})) +
      (select sum(idx_tup_read) from pg_stat_user_indexes where relname = any(${tables}))
    )::int as read`.execute(db);
  return rows[0]?.read ?? 0;
}

type Pair = Awaited<ReturnType<typeof createPair>>;

/** A message is stored, read from the feed, acknowledged and read. */
async function passMessage(db: Db, { alice, bob, conversationId }: Pair): Promise<void> {
  const message = outgoing(conversationId, bob.id);
  await storeMessages(db, [{ senderId: alice.id, messages: [message] }]);
  const cursor = cursorOf((await readWholeFeed(db, bob)).at(-1));
  const acknowledged = await writeMarks(db, {
    acknowledgements: [{ userId: bob.id, cursor }],
    readMarks: [],
  });
  const read = await writeMarks(db, {
    acknowledgements: [],
    readMarks: [{ userId: bob.id, conversationId, messageId: message.id }],
  });
  expect([...acknowledged.runs, ...read.runs].length).toBeGreaterThan(1);
  const places = [alice, bob].map(({ id }) => ({ userId: id, after: id === bob.id ? cursor : start }));
  expect(await readFeeds(db, places, { limit: 100 })).toMatchObject([{ kind: "events" }, { kind: "events" }]);
}

/** Few people with long feeds: of a range in one of them the planner expects a good part of the table. */
async function fillTables(db: Db, { alice, bob, conversationId }: Pair): Promise<void> {
  await sql`
    insert into messages (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at, delivered_at, read_at)
    select ${conversationId}, gen_random_uuid(), ${alice.id}, ${bob.id}, '', now() - interval '1 day' + n * interval '1 second',
      now(), now()
    from generate_series(1, 20000) n`.execute(db);
  await sql`
    insert into feed_events (user_id, seq, tag, kind, conversation_id, message_id, recipient_id)
    select md5(u::text)::uuid, n, md5(n::text), 'message', gen_random_uuid(), gen_random_uuid(), md5(u::text)::uuid
    from generate_series(1, 10) u, generate_series(1, 4000) n`.execute(db);
  await sql`update conversation_members set read_until = now() - interval '1 hour' where read_until < now() - interval '1 hour'`.execute(
    db,
  );
}

it("writes and marks without reading a table from end to end, however much there is already", async () => {
  await using database = await createTestDatabase("postgres");
  const pair = await createPair(database.db);
  await fillTables(database.db, pair);
  await sql`analyze`.execute(database.db);
  // What is asked often keeps one plan for all values.
  await database.lanes.connection().execute(async (connection) => {
    await sql`set plan_cache_mode = force_generic_plan`.execute(connection);
    const [scans, rows] = [await countScans(connection), await countRowsRead(connection)];
    for (let round = 0; round < 4; round++) await passMessage(connection, pair);
    expect(await countScans(connection)).toBe(scans);
    // The lanes never choose such a scan; reading an index from end to end would be no better.
    expect((await countRowsRead(connection)) - rows).toBeLessThan(2_000);
  });
});

it.each([
  { state: "empty", prepare: () => Promise.resolve() },
  { state: "known to be tiny", prepare: (db: Db) => sql`analyze`.execute(db) },
])("goes on like that with plans that were made while the tables were $state", async ({ prepare }) => {
  await using database = await createTestDatabase("postgres");
  const pair = await createPair(database.db);
  await prepare(database.db);
  await database.lanes.connection().execute(async (connection) => {
    await sql`set plan_cache_mode = force_generic_plan`.execute(connection);
    // Often enough for every statement to be known by a name, and its plan to be kept.
    for (let round = 0; round < 5; round++) await passMessage(connection, pair);
    await fillTables(connection, pair);
    const before = await countRowsRead(connection);
    for (let round = 0; round < 4; round++) await passMessage(connection, pair);
    expect((await countRowsRead(connection)) - before).toBeLessThan(2_000);
  });
});
