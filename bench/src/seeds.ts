/** What is in a target's database before a run: the cast, and what they wrote earlier. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  createAccount,
  createSession,
  type DatabasePlace,
  type Db,
  openDatabase,
  openDirectConversation,
  storeMessages,
} from "@sotto/db";
import { directConversationName, limits, uuidOfDigest } from "@sotto/protocol";
import { sql } from "kysely";
import { Client } from "pg";
import { v7 as uuidv7 } from "uuid";
import { inParallel } from "./in-parallel.ts";
import { type Cast, type Member, numberedBytes, type Pair } from "./cast.ts";

export type Seed = (databaseUrl: string, cast: Cast, messagesPerPair: number) => Promise<void>;

const parallel = 8;
const monthMs = 30 * 24 * 3_600_000;

/** Through the functions that the server itself writes with. */
export async function seedSotto(place: DatabasePlace, cast: Cast, messagesPerPair: number): Promise<void> {
  const database = await openDatabase(place);
  try {
    await inParallel(parallel, cast.people, (member) => createMember(database.db, member));
    await inParallel(parallel, cast.pairs, (pair) => createTalk(database.db, cast, pair, messagesPerPair));
    await sql`analyze`.execute(database.db);
  } finally {
    await database.close();
  }
}

export const seedSottoOnPostgres: Seed = (databaseUrl, cast, messagesPerPair) =>
  seedSotto({ databaseUrl }, cast, messagesPerPair);

async function createMember(db: Db, { id, username, publicKey }: Member): Promise<void> {
  const registrationRecord = "none: nobody signs in";
  await createAccount(db, {
    id,
    username,
    publicKey,
    registrationRecord,
    passwordSlot: "none",
    recoverySlot: "none",
    recoveryProofHash: "none",
  });
  // The session has the id of its user: the tokens name it.
  const session = {
    id,
    userId: id,
    registrationRecord,
    device: "Benchmark",
    refreshHash: id,
    idleMs: monthMs,
  };
  if (!(await createSession(db, session))) throw new Error(`No session began for ${username}.`);
}

async function createTalk(db: Db, cast: Cast, pair: Pair, count: number): Promise<void> {
  const [from, to] = membersOf(cast, pair);
  const digest = createHash("sha256").update(directConversationName(from.id, to.id)).digest();
  const conversationId = uuidOfDigest(digest);
  await openDirectConversation(db, { id: conversationId, userId: from.id, peerId: to.id });
  for (let start = 0; start < count; start += limits.messagesPerSend) {
    const length = Math.min(limits.messagesPerSend, count - start);
    const messages = Array.from({ length }, (_, index) => ({
      conversationId,
      id: uuidv7(),
      envelopes: [{ recipientId: to.id, content: numberedBytes(pair, start + index) }],
    }));
    const { results } = await storeMessages(db, [{ senderId: from.id, messages }]);
    if (results.flat().some(({ status }) => status !== "stored"))
      throw new Error("An earlier message was not stored.");
  }
}

/** With the tables of a file, the people, and for each pair their conversation with what was written earlier. */
function seedWith(schema: URL, insertPeople: string, insertTalk: string): Seed {
  return async (databaseUrl, cast, messagesPerPair) => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query(await readFile(schema, "utf8"));
      await client.query(insertPeople, [
        cast.people.map(({ id }) => id),
        cast.people.map(({ username }) => username),
      ]);
      for (const pair of cast.pairs) {
        const [from, to] = membersOf(cast, pair);
        const contents = Array.from({ length: messagesPerPair }, (_, index) => numberedBytes(pair, index));
        await client.query(insertTalk, [from.id, to.id, contents]);
      }
      await client.query("analyze");
    } finally {
      await client.end();
    }
  };
}

const plainPeople = "insert into users (id, username) select * from unnest($1::uuid[], $2::text[])";
const plainMessages = `insert into messages (sender_id, recipient_id, content)
  select $1, $2, content from unnest($3::text[]) with ordinality as c(content, position) order by position`;

export const seedDesignOne = seedWith(
  new URL("../peers/design-one.sql", import.meta.url),
  plainPeople,
  plainMessages,
);

export const seedDesignTwo = seedWith(
  new URL("../peers/prisma/schema.sql", import.meta.url),
  `insert into "User" (id, username) select * from unnest($1::uuid[], $2::text[])`,
  `with conversation as (
    insert into "Conversation" ("userAId", "userBId") values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid))
    returning id
  )
  insert into "Message" ("conversationId", "senderId", "recipientId", content)
  select conversation.id, $1::uuid, $2::uuid, content
  from conversation, unnest($3::text[]) with ordinality as c(content, position) order by position`,
);

export const seedLimit = seedWith(new URL("limits/schema.sql", import.meta.url), plainPeople, plainMessages);

function membersOf({ people }: Cast, pair: Pair): [Member, Member] {
  const [from, to] = [people[pair.from], people[pair.to]];
  if (from === undefined || to === undefined) throw new Error("The cast is not complete.");
  return [from, to];
}
