import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockDirectory } from "../src/engine/directory-lock.ts";
import { DatabaseError, openDatabase } from "../src/index.ts";
import { createTestPlace } from "../src/testing/index.ts";
import { canUnshare, startChild, startElsewhere, type Child } from "./support/child.ts";

let root: string;
let directory: string;
let children: Child[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-lock-"));
  directory = root;
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await rm(root, { recursive: true, force: true });
});

async function startHolders(count: number, start = startChild): Promise<Child[]> {
  const started = Array.from({ length: count }, () =>
    start(new URL("./support/lock-holder.ts", import.meta.url), directory),
  );
  children.push(...started);
  for (const child of started) expect(await child.line()).toBe("ready");
  return started;
}

async function tryLock(child: Child): Promise<string> {
  child.say("try");
  return child.line();
}

async function failureOf(attempt: Promise<unknown>): Promise<DatabaseError> {
  const result = await attempt.catch((error: unknown) => error);
  if (result instanceof DatabaseError) return result;
  throw new Error("It was not refused.", { cause: result });
}

describe("the lock of a data directory", () => {
  it("is refused while another process holds it, with that one's id, and free once it is gone", async () => {
    const [holder] = await startHolders(1);
    if (!holder) throw new Error("There is no holder.");
    expect(await tryLock(holder)).toBe("locked");
    const refused = await failureOf(lockDirectory(directory));
    expect(refused.code).toBe("directory-locked");
    expect(refused.message).toContain(`the process ${holder.pid}`);
    expect((await failureOf(openDatabase({ dataDir: directory }))).code).toBe("directory-locked");
    await holder.kill();
    const lock = await lockDirectory(directory);
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
  });

  it("is refused within the same process too, until it is released", async () => {
    const lock = await lockDirectory(directory);
    expect((await failureOf(lockDirectory(directory))).code).toBe("directory-locked");
    await lock.release();
    await lock.release();
    await (await lockDirectory(directory)).release();
  });

  it("goes to one of many that find a stale lock at the same moment, again and again", async () => {
    let candidates = await startHolders(6);
    for (; candidates.length > 1;) {
      const answers = await Promise.all(candidates.map(tryLock));
      const winners = candidates.filter((_, index) => answers[index] === "locked");
      expect(winners).toHaveLength(1);
      const [winner] = winners;
      expect(answers.filter((answer) => answer.includes(`the process ${winner?.pid}`))).toHaveLength(
        candidates.length - 1,
      );
      await winner?.kill();
      candidates = candidates.filter((candidate) => candidate !== winner);
    }
    const left = await readdir(directory);
    expect(left.map((name) => name.replace(/-.*/, "")).sort()).toEqual(["lock", "lock.live"]);
  });

  it.each([
    ["whose process is gone", { pid: 2 ** 22 + 1 }],
    ["of an earlier process with the same id", { startTime: "1" }],
    ["from before the machine started", { bootId: "00000000-0000-0000-0000-000000000000" }],
    ["with the id that this process has now", { pid: process.pid }],
    [
      "of an earlier container, with the id that this process has now",
      { pid: process.pid, startTime: "1", bootId: "00000000-0000-0000-0000-000000000000" },
    ],
  ])("is taken over from a holder %s", async (_, change) => {
    const [holder] = await startHolders(1);
    if (!holder) throw new Error("There is no holder.");
    expect(await tryLock(holder)).toBe("locked");
    const path = join(directory, "lock");
    const record = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
    expect(record).toMatchObject({ pid: holder.pid });
    // Of a lock with another nonce the holder gives no sign.
    await writeFile(path, JSON.stringify({ ...record, nonce: "another", ...change }));
    const lock = await lockDirectory(directory);
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
    await lock.release();
    await holder.kill();
    expect((await readdir(directory)).filter((name) => !name.startsWith("lock.live-"))).toEqual([]);
  });

  it.each([
    ["is none here", 2 ** 22 + 1],
    ["is another's here", process.ppid],
    ["is our own", process.pid],
  ])("is refused while a holder lives whose id %s, and free once it was killed", async (_, pid) => {
    const [holder] = await startHolders(1);
    if (!holder) throw new Error("There is no holder.");
    expect(await tryLock(holder)).toBe("locked");
    const path = join(directory, "lock");
    const record = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...record, pid, startTime: "1" }));
    const refused = await failureOf(lockDirectory(directory));
    expect(refused.code).toBe("directory-locked");
    expect(refused.message).toContain(`the process ${pid} of another container`);
    await holder.kill();
    await (await lockDirectory(directory)).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it.each(canUnshare ? [startElsewhere] : [])(
    "is refused while a process with ids of its own holds it, both ways, and free once that was killed",
    async (start) => {
      const [elsewhere] = await startHolders(1, start);
      const [here] = await startHolders(1);
      if (!elsewhere || !here) throw new Error("There is no holder.");
      expect(await tryLock(elsewhere)).toBe("locked");
      expect(await tryLock(here)).toContain("the process 1 of another container");
      await elsewhere.kill();
      expect(await tryLock(here)).toBe("locked");
      const [next] = await startHolders(1, start);
      if (!next) throw new Error("There is no holder.");
      expect(await tryLock(next)).toContain(`the process ${here.pid} of another container`);
      await here.kill();
      expect(await tryLock(next)).toBe("locked");
    },
  );

  it("is told by process ids alone where the path is too long for a socket", async () => {
    directory = join(root, "x".repeat(100));
    await mkdir(directory);
    const [holder] = await startHolders(1);
    if (!holder) throw new Error("There is no holder.");
    expect(await tryLock(holder)).toBe("locked");
    expect(await readdir(directory)).toEqual(["lock"]);
    expect((await failureOf(lockDirectory(directory))).message).toContain(`the process ${holder.pid}:`);
    await holder.kill();
    await (await lockDirectory(directory)).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it("is taken over when a power failure emptied it, and when its takeover was cut off", async () => {
    await writeFile(join(directory, "lock"), "");
    await (await lockDirectory(directory)).release();

    const gone = { pid: 2 ** 22 + 1, startTime: "1", bootId: null };
    await writeFile(join(directory, "lock"), JSON.stringify({ ...gone, nonce: "first" }));
    await writeFile(join(directory, "lock.after-first"), JSON.stringify({ ...gone, nonce: "second" }));
    await writeFile(join(directory, "lock.after-second"), "");
    await (await lockDirectory(directory)).release();
    expect(await readdir(directory)).toEqual([]);
  });
});

describe("a killed server", () => {
  it("loses no message that it had acknowledged", async () => {
    await using test = await createTestPlace("pglite");
    if (!("dataDir" in test.place)) throw new Error("This is not PGlite.");
    const writer = startChild(new URL("./support/writer.ts", import.meta.url), test.place.dataDir);
    children.push(writer);
    const conversationId = await writer.line();
    const acknowledged: string[] = [];
    while (acknowledged.length < 50) acknowledged.push(await writer.line());
    await writer.kill();

    const { db, close } = await openDatabase(test.place);
    const rows = await db
      .selectFrom("messages")
      .select("id")
      .where("conversation_id", "=", conversationId)
      .execute();
    await close();
    const stored = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});
