/**
 * Copies of the embedded database in `<dataDir>/snapshots`, made while it is open.
 *
 * This is PostgreSQL's own online backup: between `pg_backup_start` and `pg_backup_stop` the files are copied while
 * statements go on, and the log that was written meanwhile, copied last, makes them one consistent state when the copy
 * is opened: at least that of `pg_backup_stop`. The label file tells the database from where to read the log.
 *
 * A copy is made under a temporary name and renamed when it is whole.
 */
import { cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
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
 * @returns the directory of the new copy, or null where none was due
 */
export async function keepSnapshots(db: Db, dataDir: string, now = new Date()): Promise<string | null> {
  const root = join(dataDir, "snapshots");
  await mkdir(root, { recursive: true, mode: 0o700 });
  const newest = (await listSnapshots(root)).at(-1);
  if (newest !== undefined && now.getTime() - timeOf(newest) < everyMs) return null;

  const unfinished = join(root, unfinishedName);
  await rm(unfinished, { recursive: true, force: true });
  await copyOpenDatabase(db, join(dataDir, "database"), unfinished);
  const whole = join(root, nameOf(now));
  await rename(unfinished, whole);
  const passed = (await listSnapshots(root)).slice(0, -keptSnapshots);
  for (const name of passed) await rm(join(root, name), { recursive: true, force: true });
  return whole;
}

async function copyOpenDatabase(db: Db, from: string, to: string): Promise<void> {
  await sql`select pg_backup_start('sotto', true)`.execute(db);
  let label: string | undefined;
  try {
    await cp(from, to, { recursive: true, filter: (path) => !isLeftOut(relative(from, path)) });
  } finally {
    // Also where the copy failed: the next one could not begin otherwise.
    const { rows } = await sql<{ label: string }>`
      select labelfile as label from pg_backup_stop(false)`.execute(db);
    label = rows[0]?.label;
  }
  if (label === undefined) throw new Error("The database gave no label for its copy.");
  await cp(join(from, "pg_wal"), join(to, "pg_wal"), { recursive: true });
  await writeFile(join(to, "backup_label"), label, { mode: 0o600 });
}

/** The log comes last, and what belongs to the running database alone not at all. */
function isLeftOut(path: string): boolean {
  return path === "pg_wal" || path === "postmaster.pid" || path === "postmaster.opts";
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
