/**
 * One process at a time may open a data directory; the embedded database itself would let two ruin it.
 *
 * `<directory>/lock` names its holder: process id, start time of that process, boot id of the machine. The last two
 * tell the holder from a later process with the same id. A lock whose holder is gone is stale.
 *
 * The processes of another container have ids of their own, so a holder also listens on a socket beside its lock: see
 * `life-sign.ts`. It does so before its lock is in place, and until it is removed. Either proof will do.
 *
 * A record is written to a file of its own first and then hard-linked to its final name. The link fails if the name
 * exists, so a lock is complete from its first moment and two starters cannot both make it. Taking over a stale lock
 * must not remove a fresh one that a faster starter has put in its place meanwhile. Therefore a starter applies for
 * the succession: it links its record to `lock.after-<nonce of the stale lock>`, which one process alone can do,
 * makes sure that this lock is still the one in place, and renames its record over it. If it dies in between, its
 * application is a stale lock like any other, with a successor of its own: the lock is the last record of the chain.
 */
import { randomUUID } from "node:crypto";
import { link, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseError } from "../database-error.ts";
import { giveLifeSign, hasLifeSign } from "./life-sign.ts";
import { findStartTime, readBootId } from "./process-identity.ts";

type LockRecord = { nonce: string; pid: number; startTime: string | null; bootId: string | null };
type Link = { path: string; record: LockRecord };

export type DirectoryLock = { release: () => Promise<void> };

/**
 * What this process holds. A lock with our own process id is not proof that we hold it: after a crash, a container
 * may give the same id to its next process.
 */
const held = new Set<string>();

export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const root = await realpath(directory);
  if (held.has(root)) throw lockedError(directory, "this process itself");
  held.add(root);
  const own: LockRecord = {
    nonce: randomUUID(),
    pid: process.pid,
    startTime: await findStartTime(process.pid),
    bootId: await readBootId(),
  };
  const draft = join(root, `lock.draft-${own.nonce}`);
  const lifeSign = await giveLifeSign(lifeSignPath(root, own));
  try {
    await writeFile(draft, `${JSON.stringify(own)}\n`, { mode: 0o600, flush: true });
    for (;;) {
      const chain = await readChain(root);
      const last = chain.at(-1);
      if (last && (await isAlive(last.record)))
        throw lockedError(directory, `the process ${last.record.pid}`);
      if (last && (await hasLifeSign(lifeSignPath(root, last.record)))) {
        throw lockedError(directory, `the process ${last.record.pid} of another container`);
      }
      if (await take(root, chain, own, draft)) break;
    }
  } catch (error) {
    await lifeSign?.end();
    held.delete(root);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return {
    async release() {
      if (!held.has(root)) return;
      const current = await readRecord(lockPath(root));
      if (current?.nonce === own.nonce) await rm(lockPath(root), { force: true });
      await lifeSign?.end();
      held.delete(root);
    },
  };
}

/** True where the lock is ours now; false where another starter was faster and the chain has to be read anew. */
async function take(root: string, chain: Link[], own: LockRecord, draft: string): Promise<boolean> {
  const last = chain.at(-1);
  const path = last ? successorPath(root, last.record) : lockPath(root);
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  if (path === lockPath(root)) return true;

  const now = await readChain(root);
  const expected = [...chain.map(({ record }) => record.nonce), own.nonce];
  const unchanged =
    now.length === expected.length && now.every(({ record }, i) => record.nonce === expected[i]);
  if (!unchanged) {
    await rm(path, { force: true });
    return false;
  }
  await rename(path, lockPath(root));
  for (const { path: passed } of chain.slice(1)) await rm(passed, { force: true });
  for (const { record } of chain) await rm(lifeSignPath(root, record), { force: true });
  return true;
}

/**
 * The lock and those who applied for its succession, the last one last. Empty where there is no lock.
 *
 * All of one moment: the name of an application is free again once its lock has been replaced, so that a late starter
 * can apply there for a moment in vain. Whoever read the lock before and the application after that would take this
 * starter for the holder; what was read counts only if the lock is still the first one then.
 */
async function readChain(root: string): Promise<Link[]> {
  for (;;) {
    const chain: Link[] = [];
    let path = lockPath(root);
    for (;;) {
      const record = await readRecord(path);
      if (!record || chain.some((link) => link.record.nonce === record.nonce)) break;
      chain.push({ path, record });
      path = successorPath(root, record);
    }
    if ((await readRecord(lockPath(root)))?.nonce === chain[0]?.record.nonce) return chain;
  }
}

/** Whether the process with this id is the one that wrote the record. */
async function isAlive(record: LockRecord): Promise<boolean> {
  if (record.pid === process.pid || record.pid <= 0) return false;
  if (record.bootId !== (await readBootId())) return false;
  try {
    process.kill(record.pid, 0);
  } catch (error) {
    // EPERM: it runs as somebody else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const startTime = await findStartTime(record.pid);
  return startTime === null || record.startTime === null || startTime === record.startTime;
}

async function readRecord(path: string): Promise<LockRecord | null> {
  let text: string;
  let inode: number;
  try {
    text = await readFile(path, "utf8");
    inode = (await stat(path)).ino;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return parseRecord(text) ?? { nonce: `unreadable-${inode}`, pid: 0, startTime: null, bootId: null };
}

/** Null where a power failure cut the record short: its holder went with the machine's memory. */
function parseRecord(text: string): LockRecord | null {
  try {
    const { nonce, pid, startTime, bootId } = JSON.parse(text) as Partial<LockRecord>;
    if (typeof nonce !== "string" || !/^[\w-]{1,64}$/.test(nonce) || !Number.isInteger(pid)) return null;
    return { nonce, pid: Number(pid), startTime: startTime ?? null, bootId: bootId ?? null };
  } catch {
    return null;
  }
}

function lockPath(root: string): string {
  return join(root, "lock");
}

function successorPath(root: string, record: LockRecord): string {
  return join(root, `lock.after-${record.nonce}`);
}

/** Short, as the whole path must be. */
function lifeSignPath(root: string, record: LockRecord): string {
  return join(root, `lock.live-${record.nonce.slice(0, 8)}`);
}

function lockedError(directory: string, owner: string): DatabaseError {
  return new DatabaseError(
    "directory-locked",
    `The data directory ${directory} is in use by ${owner}: stop that one first, or name another directory in DATA_DIR.`,
  );
}
