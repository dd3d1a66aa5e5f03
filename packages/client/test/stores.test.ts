import "fake-indexeddb/auto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileStore, indexedDbStore, memoryStore, type Store } from "../src/index.ts";
import { remembered } from "../src/stores/remembered.ts";

/** A program that holds a store open until it is killed. */
const holder = new URL("hold-store.ts", import.meta.url).pathname;
let folder = "";
let count = 0;
const freshPath = () => join(folder, `store-${(count += 1)}`);

/** Lets `turns` turns of the event loop pass first. */
async function after<T>(turns: number, work: () => Promise<T>): Promise<T> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return work();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-client-"));
});
afterAll(() => rm(folder, { recursive: true }));

const kinds: [string, () => Store][] = [
  ["memoryStore", memoryStore],
  ["fileStore", () => fileStore(freshPath())],
  ["fileStore with a key", () => fileStore(freshPath(), { key: new Uint8Array(32).fill(7) })],
  ["what is remembered of a store", () => remembered(memoryStore(), ["", "m/"], () => undefined)],
  ["indexedDbStore", () => indexedDbStore(`sotto-${(count += 1)}`)],
];

describe.each(kinds)("%s", (_name, create) => {
  test("gives back what was committed, and nothing for the rest", async () => {
    const store = create();
    await store.commit([{ key: "a", value: { text: "hi", list: [1, null] } }]);
    expect(await store.get("a")).toEqual({ text: "hi", list: [1, null] });
    expect(await store.get("b")).toBeUndefined();
    await store.close();
  });

  test("a later change of one commit wins, and null deletes", async () => {
    const store = create();
    await store.commit([
      { key: "a", value: 1 },
      { key: "a", value: 2 },
      { key: "b", value: 3 },
    ]);
    await store.commit([{ key: "b", value: null }]);
    expect(await store.list({ prefix: "" })).toEqual([{ key: "a", value: 2 }]);
    await store.close();
  });

  test("lists a prefix in order, backwards, bounded and limited", async () => {
    const store = create();
    const names = ["m/1/b", "m/1/a", "m/2/a", "m/1/c", "n"];
    await store.commit(names.map((key) => ({ key, value: key })));
    const list = async (range: Parameters<Store["list"]>[0]) =>
      (await store.list(range)).map(({ key }) => key);
    expect(await list({ prefix: "m/1/" })).toEqual(["m/1/a", "m/1/b", "m/1/c"]);
    expect(await list({ prefix: "m/1/", reverse: true, limit: 2 })).toEqual(["m/1/c", "m/1/b"]);
    expect(await list({ prefix: "m/1/", before: "m/1/c" })).toEqual(["m/1/a", "m/1/b"]);
    expect(await list({ prefix: "m/1/", before: "m/1/c", reverse: true, limit: 1 })).toEqual(["m/1/b"]);
    expect(await list({ prefix: "m/2/", before: "m/1/z" })).toEqual([]);
    expect(await list({ prefix: "m/1/", after: "m/1/a" })).toEqual(["m/1/b", "m/1/c"]);
    expect(await list({ prefix: "m/1/", after: "m/1/", limit: 1 })).toEqual(["m/1/a"]);
    expect(await list({ prefix: "m/1/", after: "a" })).toEqual(["m/1/a", "m/1/b", "m/1/c"]);
    expect(await list({ prefix: "m/1/", after: "m/1/a", before: "m/1/c", reverse: true })).toEqual(["m/1/b"]);
    expect(await list({ prefix: "m/1/", after: "m/1/c" })).toEqual([]);
    expect(await list({ prefix: "m/1/", after: "z" })).toEqual([]);
    expect(await list({ prefix: "x" })).toEqual([]);
    await store.close();
  });

  test("what it gave out is a copy: changing it changes nothing in the store", async () => {
    const store = create();
    await store.commit([{ key: "a", value: { list: [1] } }]);
    const value = (await store.get("a")) as { list: number[] };
    value.list.push(2);
    expect(await store.get("a")).toEqual({ list: [1] });
    await store.close();
  });

  test("is empty after erase and can be used again", async () => {
    const store = create();
    await store.commit([{ key: "a", value: 1 }]);
    await store.erase();
    expect(await store.get("a")).toBeUndefined();
    await store.commit([{ key: "b", value: 2 }]);
    expect(await store.list({ prefix: "" })).toEqual([{ key: "b", value: 2 }]);
    await store.close();
  });
});

describe("fileStore", () => {
  test("finds everything again after closing, and rewrites its journal when it has grown", async () => {
    const path = freshPath();
    const first = fileStore(path);
    for (let value = 0; value < 2_100; value += 1) await first.commit([{ key: "cursor", value }]);
    await first.commit([{ key: "b", value: "two" }]);
    await first.close();
    expect((await readFile(path, "utf8")).split("\n").length).toBeLessThan(200);
    const second = fileStore(path);
    expect(await second.list({ prefix: "" })).toEqual([
      { key: "b", value: "two" },
      { key: "cursor", value: 2_099 },
    ]);
    await second.close();
  });

  test("has mode 0600", async () => {
    const path = freshPath();
    const store = fileStore(path);
    await store.commit([{ key: "a", value: 1 }]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test("drops a line that a killed process left half-written, and keeps the ones before", async () => {
    const path = freshPath();
    const first = fileStore(path);
    await first.commit([{ key: "a", value: 1 }]);
    await first.close();
    await writeFile(path, '[{"key":"b","val', { flag: "a" });
    const second = fileStore(path);
    expect(await second.list({ prefix: "" })).toEqual([{ key: "a", value: 1 }]);
    await second.close();
  });

  test("with a key, its file holds no word of it, and another key is refused", async () => {
    const path = freshPath();
    const first = fileStore(path, { key: "a long passphrase of the owner" });
    await first.commit([{ key: "secret", value: "marmalade" }]);
    await first.close();
    expect(await readFile(path, "utf8")).not.toMatch(/marmalade|secret/);
    await expect(fileStore(path, { key: "another one" }).get("secret")).rejects.toMatchObject({
      code: "store-unreadable",
    });
    await expect(fileStore(path).get("secret")).rejects.toMatchObject({ code: "store-unreadable" });
    const again = fileStore(path, { key: "a long passphrase of the owner" });
    expect(await again.get("secret")).toBe("marmalade");
    await again.close();
  });

  test("refuses a file that is no store, and leaves it as it is", async () => {
    const path = freshPath();
    await writeFile(path, "letters to a friend\n");
    await expect(fileStore(path).get("a")).rejects.toMatchObject({ code: "store-unreadable" });
    expect(await readFile(path, "utf8")).toBe("letters to a friend\n");
  });

  test("refuses a second process and a second opening, and takes over from one that was killed", async () => {
    const path = freshPath();
    const other = spawn(process.execPath, ["--import", "tsx", holder, path], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(other.stdout, "data");
    await expect(fileStore(path).get("a")).rejects.toMatchObject({
      code: "store-in-use",
      message: expect.stringContaining(`process ${other.pid}.`),
    });
    other.kill("SIGKILL");
    await once(other, "exit");
    const after = fileStore(path);
    expect(await after.get("held")).toBe(true);
    await expect(fileStore(path).get("a")).rejects.toMatchObject({ code: "store-in-use" });
    await after.close();
  });

  test("takes over a lock whose number another program has by now", async () => {
    const path = freshPath();
    await writeFile(`${path}.lock`, `${process.ppid} 1 another-boot`);
    const store = fileStore(path);
    expect(await store.get("a")).toBeUndefined();
    await store.close();
  });
});

describe("indexedDbStore", () => {
  test("holds sealed values under a key that cannot be read out", async () => {
    const store = indexedDbStore("sealed");
    await store.commit([{ key: "a", value: "marmalade" }]);
    await store.close();
    const raw = await new Promise<{ record: Uint8Array; key: { wrappingKey: CryptoKey } }>(
      (resolve, reject) => {
        const opening = indexedDB.open("sealed");
        opening.addEventListener("error", () => reject(new Error("cannot open")));
        opening.addEventListener("success", () => {
          const transaction = opening.result.transaction(["records", "keys"]);
          const record = transaction.objectStore("records").get("a");
          const key = transaction.objectStore("keys").get("storage");
          transaction.addEventListener("complete", () => {
            resolve({ record: record.result as Uint8Array, key: key.result as { wrappingKey: CryptoKey } });
            opening.result.close();
          });
        });
      },
    );
    expect(new TextDecoder("latin1").decode(raw.record)).not.toContain("marmalade");
    expect(raw.key.wrappingKey.extractable).toBe(false);
    const again = indexedDbStore("sealed");
    expect(await again.get("a")).toBe("marmalade");
    await again.close();
  });

  test("is written by whoever opened it last, and by nobody else", async () => {
    const [first, second] = [indexedDbStore("taken"), indexedDbStore("taken")];
    await first.commit([{ key: "a", value: 1 }]);
    expect(await second.get("a")).toBe(1);
    await expect(first.commit([{ key: "a", value: 2 }])).rejects.toMatchObject({ code: "store-in-use" });
    await second.commit([{ key: "b", value: 3 }]);
    expect(await second.list({ prefix: "" })).toEqual([
      { key: "a", value: 1 },
      { key: "b", value: 3 },
    ]);
    await Promise.all([first.close(), second.close()]);
  });

  test("is erased by whoever opened it last, and by nobody else", async () => {
    const [first, second] = [indexedDbStore("kept"), indexedDbStore("kept")];
    await first.commit([{ key: "a", value: 1 }]);
    await second.commit([{ key: "b", value: 2 }]);
    await expect(first.erase()).rejects.toMatchObject({ code: "store-in-use" });
    expect(await second.list({ prefix: "" })).toHaveLength(2);
    await second.commit([{ key: "c", value: 3 }]);
    await second.erase();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain("kept");
    await first.close();
  });

  test("an erasing and an opening at the same time lose nothing that the next owner writes", async () => {
    const outcomes = new Set<string>();
    for (let head = -60; head <= 60; head += 1) {
      const name = `race-${head}`;
      const [leaving, coming] = [indexedDbStore(name), indexedDbStore(name)];
      await leaving.commit([{ key: "old", value: 1 }]);
      const [erased, found] = await Promise.allSettled([
        after(head, () => leaving.erase()),
        after(-head, () => coming.get("old")),
      ]);
      expect(found.status).toBe("fulfilled");
      await coming.commit([{ key: "new", value: 2 }]);
      const kept = (await coming.list({ prefix: "" })).map(({ key }) => key);
      expect(kept).toEqual(erased.status === "fulfilled" ? ["new"] : ["new", "old"]);
      outcomes.add(erased.status);
      await coming.erase();
    }
    expect(outcomes).toEqual(new Set(["fulfilled", "rejected"]));
  });

  test("says that it was deleted from under its user, and goes on with an empty database", async () => {
    const store = indexedDbStore("deleted");
    await store.commit([{ key: "a", value: "marmalade" }]);
    const lost = new Promise<void>((resolve) => store.onLost?.(resolve));
    indexedDB.deleteDatabase("deleted");
    await lost;
    expect(await store.get("a")).toBeUndefined();
    await store.commit([{ key: "b", value: 1 }]);
    expect(await store.list({ prefix: "" })).toEqual([{ key: "b", value: 1 }]);
    await store.erase();
  });
});

test("what is remembered has what was committed while it was being read, and says what was written", async () => {
  const inner = memoryStore();
  await inner.commit([{ key: "m/1", value: "old" }]);
  const written: string[] = [];
  const store = remembered(inner, ["m/"], (changes) => written.push(...changes.map(({ key }) => key)));
  const reading = store.list({ prefix: "m/" });
  await store.commit([
    { key: "m/1", value: "new" },
    { key: "m/0", value: "first" },
    { key: "n", value: "elsewhere" },
  ]);
  await reading;
  expect(await store.list({ prefix: "m/" })).toEqual([
    { key: "m/0", value: "first" },
    { key: "m/1", value: "new" },
  ]);
  expect(await store.get("m/1")).toBe("new");
  expect(await store.get("n")).toBe("elsewhere");
  expect(written).toEqual(["m/1", "m/0", "n"]);
});
