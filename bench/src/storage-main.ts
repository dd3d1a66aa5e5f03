/**
 * `pnpm --filter @sotto/bench run storage`: what a message costs the database, for docs/scale.md. On a PostgreSQL with
 * its own settings: WAL and processor time of a message, and bytes of rows and indexes that it leaves behind.
 */
import { findFeedHead, openDatabase, storeMessages, writeMarks, type Db } from "@sotto/db";
import { parseCursor } from "@sotto/protocol";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { createCast, numberedBytes, type Cast } from "./cast.ts";
import { startBenchPostgres } from "./postgres.ts";
import { cpuMsOfFamily } from "./proc.ts";
import { seedSotto } from "./seeds.ts";

const pairCount = 500;
const tables = ["messages", "feed_events", "feed_counters", "conversations"];

type Talk = { fromId: string; toId: string; conversationId: string; contentOf: (number: number) => string };

async function listTalks(db: Db, cast: Cast): Promise<Talk[]> {
  const { rows } = await sql<{ userId: string; id: string }>`
    select user_id as "userId", conversation_id as id from conversation_members`.execute(db);
  const conversations = new Map(rows.map(({ userId, id }) => [userId, id]));
  return cast.pairs.map((pair) => {
    const [fromId, toId] = [pair.from, pair.to].map((index) => cast.people[index]?.id ?? "");
    if (fromId === undefined || toId === undefined) throw new Error("A pair names nobody.");
    const contentOf = (number: number) => numberedBytes(pair, number);
    return { fromId, toId, conversationId: conversations.get(fromId) ?? "", contentOf };
  });
}

/** Each of these people sends one message, in one transaction. Then, if asked to, each is acknowledged and read so. */
async function exchange(db: Db, talks: Talk[], number: number, marked: boolean): Promise<void> {
  const sent = talks.map((talk) => ({ ...talk, id: uuidv7() }));
  await storeMessages(
    db,
    sent.map(({ fromId, toId, conversationId, id, contentOf }) => ({
      senderId: fromId,
      messages: [{ conversationId, id, envelopes: [{ recipientId: toId, content: contentOf(number) }] }],
    })),
  );
  if (!marked) return;
  const acknowledgements = await Promise.all(
    sent.map(async ({ toId: userId }) => {
      const cursor = parseCursor(await findFeedHead(db, userId));
      if (!cursor) throw new Error("A feed has no head.");
      return { userId, cursor };
    }),
  );
  await writeMarks(db, { acknowledgements, readMarks: [] });
  await writeMarks(db, {
    acknowledgements: [],
    readMarks: sent.map(({ toId, conversationId, id }) => ({ userId: toId, conversationId, messageId: id })),
  });
}

const postgres = await startBenchPostgres();
try {
  const databaseUrl = await postgres.create("storage");
  const cast = createCast(pairCount);
  await seedSotto({ databaseUrl }, cast, 0);
  const { db, close } = await openDatabase({ databaseUrl });
  const talks = await listTalks(db, cast);
  let stored = 0;

  const walBytesSince = async (lsn: string) => {
    const { rows } = await sql<{ bytes: number; lsn: string }>`
      select (pg_current_wal_insert_lsn() - ${lsn}::pg_lsn)::float8 as bytes,
        pg_current_wal_insert_lsn()::text as lsn`.execute(db);
    return rows[0] ?? { bytes: 0, lsn };
  };

  const measure = async (what: string, atOnce: number, rounds: number, marked: boolean) => {
    await postgres.settle();
    const { lsn } = await walBytesSince("0/0");
    const postgresMs = cpuMsOfFamily(postgres.pid);
    const node = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) {
      const first = (round * atOnce) % pairCount;
      await exchange(db, talks.slice(first, first + atOnce), stored + round, marked);
    }
    const messages = atOnce * rounds;
    stored += messages;
    const each = (amount: number) => Math.round(amount / messages);
    const { bytes } = await walBytesSince(lsn);
    const { user, system } = process.cpuUsage(node);
    const postgresMicros = (cpuMsOfFamily(postgres.pid) - postgresMs) * 1_000;
    process.stdout.write(
      `${what}: ${messages} messages, each ${each(bytes)} bytes of WAL, ` +
        `${each(postgresMicros)} µs of PostgreSQL, ${each(user + system)} µs of Node\n`,
    );
  };

  const report = async (when: string) => {
    await sql`vacuum analyze`.execute(db);
    for (const table of tables) {
      const { rows } = await sql<{ data: number; index: number; rows: number }>`
        select pg_table_size(${table}::regclass)::float8 as data, pg_indexes_size(${table}::regclass)::float8 as index,
          (select count(*)::int from ${sql.table(table)}) as rows`.execute(db);
      const [size] = rows;
      if (!size) continue;
      const each = (bytes: number) => Math.round(bytes / stored);
      process.stdout.write(
        `${when}, ${table}: ${size.rows} rows; for each message ${each(size.data)} bytes of rows, ` +
          `${each(size.index)} of indexes\n`,
      );
    }
  };

  // Marks are cumulative: what is only sent comes last, or the first mark after it would pay for all of it.
  await measure("sent, delivered and read alone", 1, 1_000, true);
  await measure("sent, delivered and read, 100 people at once", 100, 500, true);
  await report("delivered and read");
  await measure("sent, 100 people at once", 100, 500, false);
  await report("half of them only sent");
  await close();
} finally {
  await postgres[Symbol.asyncDispose]();
}
