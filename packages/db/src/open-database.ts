import { sql } from "kysely";
import type { Db } from "./db.ts";
import { openPglite } from "./engine/pglite.ts";
import { openPostgres } from "./engine/postgres.ts";
import { keepSnapshots } from "./engine/snapshots.ts";
import { migrateToLatest } from "./migrate.ts";

export type DatabasePlace = { databaseUrl: string } | { dataDir: string };

export type Database = {
  db: Db;
  /** For what is written and read together: the same database, with connections of its own where it has several. */
  lanes: Db;
  engine: "postgres" | "pglite";
  /** One sentence for the operator: what the stored messages survive. */
  durability: string;
  /**
   * Keeps copies of the embedded database: makes one where the newest is a day old, while statements go on. Null with
   * PostgreSQL, which has means of its own. The signal gives a copy up that is under way, which then rejects.
   */
  keepSnapshots: ((signal: AbortSignal) => Promise<string | null>) | null;
  close: () => Promise<void>;
};

const durability = {
  postgres: "PostgreSQL: what is stored survives a killed process and a power cut.",
  pglite: "Embedded database: what is stored survives a killed process, but not a power cut.",
} as const;

/**
 * Opens the database and brings its schema up to date. `onError` hears of what breaks in the background and mends
 * itself; `onFatal`, at most once, of a database that is gone until it is opened anew.
 * Throws a `DatabaseError` whose message says what is wrong and what to do.
 */
export async function openDatabase(
  place: DatabasePlace,
  {
    onError = () => undefined,
    onFatal = () => undefined,
  }: { onError?: (error: unknown) => void; onFatal?: (error: unknown) => void } = {},
): Promise<Database> {
  const engine = "databaseUrl" in place ? "postgres" : "pglite";
  const { db, lanes, close } =
    "databaseUrl" in place
      ? closable(await openPostgres(place.databaseUrl, onError))
      : shared(await openPglite(place.dataDir, onFatal));
  try {
    await migrateToLatest(db);
  } catch (error) {
    await close();
    throw error;
  }
  const snapshots =
    "dataDir" in place ? (signal: AbortSignal) => keepSnapshots(db, place.dataDir, { signal }) : null;
  return { db, lanes, engine, durability: durability[engine], keepSnapshots: snapshots, close };
}

/** Rejects where the database does not answer. */
export async function pingDatabase(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}

type Opened = { db: Db; lanes: Db; close: () => Promise<void> };

function closable({ db, lanes }: { db: Db; lanes: Db }): Opened {
  return { db, lanes, close: async () => void (await Promise.all([db.destroy(), lanes.destroy()])) };
}

/** The embedded database has one session. */
function shared({ db, close }: { db: Db; close: () => Promise<void> }): Opened {
  return { db, lanes: db, close };
}
