import { sql } from "kysely";
import { Migrator, NO_MIGRATIONS } from "kysely/migration";
import { DatabaseError, messageOf } from "./database-error.ts";
import type { Db } from "./db.ts";
import { migrations } from "./migrations/migrations.ts";

/** Several processes may do this to one database at once: the migrator lets one in and the others find it done. */
export async function migrateToLatest(db: Db): Promise<void> {
  const { error } = await makeMigrator(db).migrateToLatest();
  if (error === undefined) return;
  const unknown = await listUnknownMigrations(db);
  if (unknown.length > 0) {
    throw new DatabaseError(
      "newer-schema",
      `The database was changed by a newer version of Sotto (${unknown.join(", ")}): start that version, or restore a backup from before it.`,
      { cause: error },
    );
  }
  throw new DatabaseError(
    "migration-failed",
    `The database could not be brought up to date (${messageOf(error)}) and was left as it was: see that its user may create tables, then start again.`,
    { cause: error },
  );
}

/** Takes everything back, data included. For tests. */
export async function migrateDown(db: Db): Promise<void> {
  const { error } = await makeMigrator(db).migrateTo(NO_MIGRATIONS);
  if (error !== undefined) throw error instanceof Error ? error : new Error(messageOf(error));
}

function makeMigrator(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
}

async function listUnknownMigrations(db: Db): Promise<string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name));
  } catch {
    return [];
  }
}
