/**
 * Copies of the embedded database in `<dataDir>/snapshots`, made while it is open.
 *
 * This is PostgreSQL's own online backup: between `pg_backup_start` and `pg_backup_stop` the files are copied while
 * statements go on, and the log that was written meanwhile, copied last, makes them one consistent state when the copy
 * is opened: at least that of `pg_backup_stop`. The label file tells the database from where to read the log.
 *
 * A copy is made under a temporary name and renamed when it is whole. One that fails or is given up is removed.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import type { Db } from "../db.ts";

const keptSnapshots = 3;
const everyMs = 24 * 60 * 60_000;
const unfinishedName = "unfinished";
const namePattern = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/;

/**
 * Makes a copy where the newest is a day old or there is none, and removes all but the newest few. Only for whoever
 * has the database open, and one call at a time.
 *
 * @param signal gives a copy up that is under way, also in the middle of a large file; the call then rejects
 * @returns the directory of the new copy, or null where none was due
 */
export async function keepSnapshots(
  db: Db,
  dataDir: string,
  { signal, now = new Date() }: { signal: AbortSignal; now?: Date },
): Promise<string | null> {
  const root = join(dataDir, "snapshots");
  await mkdir(root, { recursive: true, mode: 0o700 });
  const newest = (await listSnapshots(root)).at(-1);
  if (newest !== undefined && now.getTime() - timeOf(newest) < everyMs) return null;

  const unfinished = join(root, unfinishedName);
  const whole = join(root, nameOf(now));
  await rm(unfinished, { recursive: true, force: true });
  try {
    await copyOpenDatabase(db, join(dataDir, "database"), unfinished, signal);
    await rename(unfinished, whole);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  const passed = (await listSnapshots(root)).slice(0, -keptSnapshots);
  for (const name of passed) await rm(join(root, name), { recursive: true, force: true });
  return whole;
}

async function copyOpenDatabase(db: Db, from: string, to: string, signal: AbortSignal): Promise<void> {
  await sql`select pg_backup_start('sotto', true)`.execute(db);
  let label: string | undefined;
  try {
    await copyDirectory(from, to, signal, leftOut);
  } finally {
    // Also where the copy failed: the next one could not begin otherwise.
    const { rows } = await sql<{ label: string }>`
      select labelfile as label from pg_backup_stop(false)`.execute(db);
    label = rows[0]?.label;
  }
  if (label === undefined) throw new Error("The database gave no label for its copy.");
  await copyDirectory(join(from, "pg_wal"), join(to, "pg_wal"), signal);
  await writeFile(join(to, "backup_label"), label, { mode: 0o600 });
}

/** The log comes last, and what belongs to the running database alone not at all. */
const leftOut = new Set(["pg_wal", "postmaster.pid", "postmaster.opts"]);

async function copyDirectory(
  from: string,
  to: string,
  signal: AbortSignal,
  except: ReadonlySet<string> = new Set(),
): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    signal.throwIfAborted();
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (except.has(entry.name)) continue;
    if (entry.isDirectory()) await copyDirectory(source, target, signal);
    else await copyFile(source, target, signal);
  }
}

/** As a stream, which can be given up in the middle. A file that the database removed meanwhile is in its log. */
async function copyFile(from: string, to: string, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(createReadStream(from), createWriteStream(to, { mode: 0o600 }), { signal });
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isGone) throw error;
    await rm(to, { force: true });
  }
}

/** The oldest first. */
async function listSnapshots(root: string): Promise<string[]> {
  return (await readdir(root)).filter((name) => namePattern.test(name)).sort();
}

/** To the second, and without colons, which not every file system takes. */
function nameOf(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
}

function timeOf(name: string): number {
  const [date = "", time = ""] = name.split("T");
  return Date.parse(`${date}T${time.replaceAll("-", ":")}`);
}
