import { Pool, types, type ClientBase, type CustomTypesConfig } from "pg";
import { Kysely, PostgresDialect, sql } from "kysely";
import { DatabaseError, findCode, messageOf } from "../database-error.ts";
import type { Db } from "../db.ts";
import type { Tables } from "../tables.ts";
import { giveUpOnSilence } from "./silence.ts";
import { createStatementNames, nameStatements } from "./named-statements.ts";
import { parseBytea, parseInt8 } from "./parsers.ts";

const maxConnections = 10;
/** One for each lane, see the server's write queue and its reader of feeds. */
const laneConnections = 6;
/**
 * All that the lanes look for has an index. A plan that was made while a table had one page reads it from end to end,
 * and is kept when it has a million.
 */
const laneSettings = "set enable_seqscan = off";
/** Longer than a restart and a pause of the database take, and than any statement of the lanes. */
const longestSilenceMs = 20_000;
const idleConnectionMs = 10_000;
const connectTimeoutMs = 10_000;
const idleTransactionMs = 10_000;
const oldestMajor = 15;

type PoolSettings = {
  max: number;
  idleMs: number;
  /** Before the first use of a new connection. */
  prepare?: (client: ClientBase) => Promise<unknown>;
};

/**
 * Connects and checks the version. `onError` hears of connections that break while nobody uses them.
 *
 * `lanes` has connections of its own, which stay open, so that messages do not queue behind what else is asked for. A
 * statement of theirs that has no answer for long is given up together with its connection: a database that vanished
 * without a word would otherwise hold them up until TCP notices.
 */
export async function openPostgres(
  databaseUrl: string,
  onError: (error: unknown) => void,
  silenceMs = longestSilenceMs,
): Promise<{ db: Db; lanes: Db }> {
  const shownUrl = withoutPassword(databaseUrl);
  const nameFor = createStatementNames();
  const open = ({ max, idleMs, prepare }: PoolSettings): Db => {
    const pool = new Pool({
      connectionString: databaseUrl,
      max,
      idleTimeoutMillis: idleMs,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      application_name: "sotto",
      // A server that stops in the middle of a transaction must not keep its locks from the others.
      idle_in_transaction_session_timeout: idleTransactionMs,
      types: { getTypeParser },
      // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, though its type does not say so
      onConnect: prepare,
    });
    // Without a listener on the pool and on every client, a server that goes away takes this process along.
    pool.on("error", onError);
    pool.on("connect", (client) => {
      client.on("error", onError);
      nameStatements(client, nameFor);
    });
    return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  };

  const db = open({ max: maxConnections, idleMs: idleConnectionMs });
  try {
    const { rows } = await sql<{ version: string }>`
      select current_setting('server_version_num') as version`.execute(db);
    assertVersion(Number(rows[0]?.version));
    return {
      db,
      lanes: open({
        max: laneConnections,
        idleMs: 0,
        prepare: (client) => {
          giveUpOnSilence(client, silenceMs);
          return client.query(laneSettings);
        },
      }),
    };
  } catch (error) {
    await db.destroy();
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      "unreachable",
      `Cannot use the database at ${shownUrl} (${reasonOf(error)}): check DATABASE_URL and that PostgreSQL is running there.`,
      { cause: error },
    );
  }
}

/** `versionNumber` is PostgreSQL's `server_version_num`: the major version times 10,000, plus the minor one. */
export function assertVersion(versionNumber: number): void {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= oldestMajor) return;
  throw new DatabaseError(
    "too-old",
    `The database is PostgreSQL ${major}; Sotto needs ${oldestMajor} or later: upgrade it or name another in DATABASE_URL.`,
  );
}

/** The URL as it may be shown and logged: neither the password nor the parameters, which can hold one too. */
export function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return "DATABASE_URL";
  const url = new URL(databaseUrl);
  if (url.password !== "") url.password = "***";
  url.search = "";
  url.hash = "";
  return url.href;
}

const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, parseInt8],
  [types.builtins.BYTEA, parseBytea],
]);

const getTypeParser: CustomTypesConfig["getTypeParser"] = (oid, format) =>
  (format === "binary" ? undefined : parsers.get(oid)) ?? types.getTypeParser(oid, format);

function reasonOf(error: unknown): string {
  switch (findCode(error)) {
    case "ECONNREFUSED":
      return "the connection was refused";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "the host name is unknown";
    case "28P01":
    case "28000":
      return "it refuses this user or password";
    case "3D000":
      return "it has no database of this name";
    default:
      return messageOf(error);
  }
}
