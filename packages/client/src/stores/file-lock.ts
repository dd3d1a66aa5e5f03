import { SottoError } from "../errors.ts";

/**
 * One process at a time may have a store's file open.
 *
 * A lock names its holder: process id, start time of that process, boot id of the machine. The last two tell the
 * holder from a later process with the same id. A lock whose holder is gone is stale.
 *
 * A record is written to a file of its own first and then hard-linked to its final name, which fails where that
 * exists. Taking over a stale lock must not remove a fresh one that a faster starter has put in its place meanwhile.
 * So a starter applies for the succession: it links its record to `….after-<nonce of the stale lock>`, which one
 * process alone can do, makes sure that this lock is still the one in place, and renames its record over it. If it
 * dies in between, its application is a stale lock like any other, with a successor of its own: the lock is the last
 * record of the chain. (`directory-lock.ts` of the server's database does the same.)
 */
type LockRecord = { nonce: string; owner: string };
type Link = { path: string; record: LockRecord };

/** What this process holds. A lock with our own process id is no proof of that: a container may give it out again. */
const held = new Set<string>();

/**
 * Node's modules are loaded here and not above, so that browsers can bundle this package.
 *
 * @returns gives the lock back
 * @throws SottoError `store-in-use`
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const { rm, writeFile } = await import("node:fs/promises");
  const { randomUUID } = await import("node:crypto");
  if (held.has(path)) throw new SottoError("store-in-use", "This program has the store open already.");
  held.add(path);
  const own: LockRecord = { nonce: randomUUID(), owner: await identityOf(String(process.pid)) };
  const draft = `${path}.draft-${own.nonce}`;
  try {
    await writeFile(draft, JSON.stringify(own), { mode: 0o600, flush: true });
    for (;;) {
      const chain = await readChain(path);
      const last = chain.at(-1);
      if (last !== undefined && (await isHeld(last.record))) throw inUse(last.record);
      if (await take(path, chain, own, draft)) break;
    }
  } catch (error) {
    held.delete(path);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    if ((await readRecord(path))?.nonce === own.nonce) await rm(path, { force: true });
    held.delete(path);
  };
}

/** True where the lock is ours now; false where another starter was faster and the chain has to be read anew. */
async function take(path: string, chain: Link[], own: LockRecord, draft: string): Promise<boolean> {
  const { link, rename, rm } = await import("node:fs/promises");
  const last = chain.at(-1);
  const target = last === undefined ? path : successorOf(path, last.record);
  try {
    await link(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  if (target === path) return true;
  const now = await readChain(path);
  const expected = [...chain.map(({ record }) => record.nonce), own.nonce];
  const isUnchanged =
    now.length === expected.length && now.every(({ record }, index) => record.nonce === expected[index]);
  if (!isUnchanged) {
    await rm(target, { force: true });
    return false;
  }
  await rename(target, path);
  for (const passed of chain.slice(1)) await rm(passed.path, { force: true });
  return true;
}

/**
 * The lock and those who applied for its succession, the last one last; empty where there is no lock. All of one
 * moment: what was read counts only if the lock is still the first one then.
 */
async function readChain(path: string): Promise<Link[]> {
  for (;;) {
    const chain: Link[] = [];
    let next = path;
    for (;;) {
      const record = await readRecord(next);
      if (record === null || chain.some((link) => link.record.nonce === record.nonce)) break;
      chain.push({ path: next, record });
      next = successorOf(path, record);
    }
    if ((await readRecord(path))?.nonce === chain[0]?.record.nonce) return chain;
  }
}

async function readRecord(path: string): Promise<LockRecord | null> {
  const { readFile, stat } = await import("node:fs/promises");
  try {
    const text = await readFile(path, "utf8");
    return parseRecord(text) ?? { nonce: `unnamed-${(await stat(path)).ino}`, owner: text };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Null where it is of an earlier version, which wrote the owner alone, or was cut short. */
function parseRecord(text: string): LockRecord | null {
  try {
    const { nonce, owner } = JSON.parse(text) as Partial<LockRecord>;
    return typeof owner === "string" && /^[\w-]{1,64}$/.test(String(nonce))
      ? { nonce: String(nonce), owner }
      : null;
  } catch {
    return null;
  }
}

function successorOf(path: string, { nonce }: LockRecord): string {
  return `${path}.after-${nonce}`;
}

async function isHeld({ owner }: LockRecord): Promise<boolean> {
  const pid = Number(pidOf({ owner }));
  return pid !== process.pid && isRunning(pid) && (await identityOf(String(pid))) === owner;
}

function pidOf({ owner }: Pick<LockRecord, "owner">): string {
  return owner.split(" ")[0] ?? "0";
}

function inUse(record: LockRecord): SottoError {
  const text = `The store is in use by the process ${pidOf(record)}. Stop it first.`;
  return new SottoError("store-in-use", text);
}

/**
 * "pid starttime bootid" where the system tells (Linux), else "pid": after a restart of the machine another program
 * may have the number.
 */
async function identityOf(pid: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const startedAt = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    return `${pid} ${startedAt} ${boot}`;
  } catch {
    return pid;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
