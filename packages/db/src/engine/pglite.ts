/**
 * The embedded database in `<dataDir>/database`. A first start initialises it beside its place and moves it there
 * when it is whole, so a directory of that name is always a whole database, however the process ended.
 */
import { chmod, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, PGliteDialect } from "kysely";
import { DatabaseError, messageOf } from "../database-error.ts";
import type { Db } from "../db.ts";
import type { Tables } from "../tables.ts";
import { lockDirectory } from "./directory-lock.ts";
import { PGliteProxy } from "./pglite-proxy.ts";

export async function openPglite(
  dataDir: string,
  onFatal: (error: unknown) => void,
): Promise<{ db: Db; close: () => Promise<void> }> {
  await usable(dataDir, () => mkdir(dataDir, { recursive: true, mode: 0o700 }));
  const lock = await usable(dataDir, () => lockDirectory(dataDir));
  let proxy: PGliteProxy | null = null;
  try {
    const directory = await usable(dataDir, () => prepare(dataDir));
    proxy = new PGliteProxy(directory, onFatal);
    await proxy.waitReady.catch((error: unknown) => {
      throw new DatabaseError(
        "directory-unusable",
        `The database in ${directory} cannot be opened (${messageOf(error)}): restore a backup of it, or move it away to begin anew.`,
        { cause: error },
      );
    });
  } catch (error) {
    await proxy?.close();
    await lock.release();
    throw error;
  }
  const open = proxy;
  const db: Db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: open }) });
  const close = async () => {
    try {
      await db.destroy();
      await open.close();
    } finally {
      await lock.release();
    }
  };
  return { db, close };
}

/** Returns the directory of the database, made if there was none. Only the holder of the lock comes here. */
async function prepare(dataDir: string): Promise<string> {
  const directory = join(dataDir, "database");
  if (await exists(directory)) {
    const names = await readdir(directory);
    if (!names.includes("PG_VERSION")) throw new Error(`${directory} holds something other than a database`);
    await chmod(directory, 0o700);
    return directory;
  }
  const unfinished = join(dataDir, "database.unfinished");
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  // In a worker of its own: the memory that initialising takes goes back when that one ends.
  const initialiser = new PGliteProxy(unfinished, () => undefined);
  try {
    await initialiser.waitReady;
  } finally {
    await initialiser.close();
  }
  await chmod(unfinished, 0o700);
  await rename(unfinished, directory);
  return directory;
}

async function usable<T>(dataDir: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(
      "directory-unusable",
      `The data directory ${dataDir} cannot be used (${messageOf(error)}): name one in DATA_DIR that this user may write to.`,
      { cause: error },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
