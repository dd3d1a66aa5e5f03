import { spawn } from "node:child_process";
import { once } from "node:events";
import type * as files from "node:fs/promises";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fileStore } from "../src/index.ts";

// For what hangs, not for what is slow: the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

const holder = new URL("hold-lock.ts", import.meta.url).pathname;

/** From the first time that this is opened on, the process has as many files open as it may. */
const limit = vi.hoisted(() => ({ path: "", reached: false }));
vi.mock("node:fs/promises", async (importActual) => {
  const actual = await importActual<typeof files>();
  const open: typeof actual.open = (path, ...rest) => {
    limit.reached ||= path === limit.path;
    return limit.reached
      ? Promise.reject(Object.assign(new Error("too many open files"), { code: "EMFILE" }))
      : actual.open(path, ...rest);
  };
  return { ...actual, open };
});

function closeOthers(): void {
  limit.path = "";
  limit.reached = false;
}

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-file-"));
  path = join(folder, "store");
});
afterEach(async () => {
  closeOthers();
  await rm(folder, { recursive: true });
});

async function commitMany(store: ReturnType<typeof fileStore>, count: number): Promise<void> {
  for (let value = 0; value < count; value += 1) await store.commit([{ key: "cursor", value }]);
}

test.each([
  ["its file", ""],
  ["the one that is to take its place", ".new"],
])(
  "what is committed is found again, also where the journal grew while %s could not be opened",
  async (_, end) => {
    const first = fileStore(path);
    await first.commit([{ key: "a", value: 1 }]);
    limit.path = `${path}${end}`;
    await commitMany(first, 2_100);
    await first.commit([{ key: "last", value: "word" }]);
    await first.close();
    closeOthers();
    const second = fileStore(path);
    expect(await second.list({ prefix: "" })).toEqual([
      { key: "a", value: 1 },
      { key: "cursor", value: 2_099 },
      { key: "last", value: "word" },
    ]);
    await second.close();
    expect(await readdir(folder)).toEqual(["store"]);
  },
);

test("a store that could not be opened can be, once there is nothing in the way", async () => {
  limit.path = `${path}.new`;
  const store = fileStore(path);
  await expect(store.get("a")).rejects.toMatchObject({ code: "EMFILE" });
  closeOthers();
  expect(await store.get("a")).toBeUndefined();
  await store.close();
});

test("of many that find the lock of a killed process at once, one gets it, again and again", async () => {
  const start = async () => {
    const child = spawn(process.execPath, ["--import", "tsx", holder, path], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async () => String((await lines.next()).value);
    const attempt = () => {
      child.stdin.write("try\n");
      return line();
    };
    const kill = async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    };
    expect(await line()).toBe("ready");
    return { pid: child.pid, attempt, kill };
  };
  let candidates = await Promise.all(Array.from({ length: 3 }, start));
  while (candidates.length > 1) {
    const answers = await Promise.all(candidates.map(({ attempt }) => attempt()));
    const winners = candidates.filter((_, index) => answers[index] === "locked");
    expect(winners).toHaveLength(1);
    const [winner] = winners;
    expect(answers.filter((answer) => answer.includes(`the process ${winner?.pid}`))).toHaveLength(
      candidates.length - 1,
    );
    await winner?.kill();
    candidates = candidates.filter((candidate) => candidate !== winner);
  }
  await candidates[0]?.kill();
  expect(await readdir(folder)).toEqual(["store"]);
});
