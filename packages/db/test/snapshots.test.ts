import { mkdir, readdir, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { keepSnapshots } from "../src/engine/snapshots.ts";
import { countUsers, openDatabase } from "../src/index.ts";
import { createTestPlace, type TestPlace } from "../src/testing/index.ts";
import { createPair, historyOf, sendSome } from "./support/people.ts";

const { signal } = new AbortController();
/** A copy is a thousand files. */
const timeoutMs = 120_000;

function dataDirOf({ place }: TestPlace): string {
  if (!("dataDir" in place)) throw new Error("This is not PGlite.");
  return place.dataDir;
}

it(
  "restores the database from a copy that was made while messages were stored",
  async () => {
    await using test = await createTestPlace("pglite");
    const dataDir = dataDirOf(test);
    const { db, close, keepSnapshots: keep } = await openDatabase(test.place);
    const { alice, bob, conversationId } = await createPair(db);
    const before = await sendSome(db, conversationId, alice, bob, 3);
    const copied = new AbortController();
    let sends = 0;
    const writing = (async () => {
      for (; !copied.signal.aborted; sends += 1) {
        await sendSome(db, conversationId, alice, bob, 1);
        await pause();
      }
    })();
    const path = await keep?.(signal);
    copied.abort();
    await writing;
    expect(sends).toBeGreaterThan(0);
    await close();

    // The documented step: the copy takes the place of the database.
    await rm(join(dataDir, "database"), { recursive: true });
    await rename(path ?? "", join(dataDir, "database"));
    const restored = await openDatabase(test.place);
    const { messages } = await historyOf(restored.db, { conversationId, userId: bob.id, limit: 1_000 });
    expect(messages.slice(-3).map(({ id }) => id)).toEqual(before.toReversed());
    await sendSome(restored.db, conversationId, alice, bob, 1);
    await restored.close();
  },
  timeoutMs,
);

it(
  "keeps a few, a day apart, and leaves none that was cut off",
  async () => {
    await using test = await createTestPlace("pglite");
    const dataDir = dataDirOf(test);
    const { db, close } = await openDatabase(test.place);
    const root = join(dataDir, "snapshots");
    const earlier = ["2026-01-01T12-30-05Z", "2026-01-02T12-30-05Z", "2026-01-03T12-30-05Z"];
    for (const name of ["unfinished", ...earlier]) await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, "unfinished", "half"), "");
    expect(await keepSnapshots(db, dataDir, { signal, now: new Date("2026-01-04T12:30:04Z") })).toBeNull();
    const made = await keepSnapshots(db, dataDir, { signal, now: new Date("2026-01-04T12:30:05Z") });
    expect(made).toBe(join(root, "2026-01-04T12-30-05Z"));
    expect(await readdir(root)).toEqual([...earlier.slice(1), "2026-01-04T12-30-05Z"]);
    expect(await readdir(made ?? "")).not.toContain("half");
    expect(await countUsers(db)).toBe(0);
    await close();
  },
  timeoutMs,
);

it(
  "can be tried again after a copy failed",
  async () => {
    await using test = await createTestPlace("pglite");
    const dataDir = dataDirOf(test);
    const { db, close } = await openDatabase(test.place);
    const missing = join(dataDir, "elsewhere");
    await expect(keepSnapshots(db, missing, { signal })).rejects.toThrow(/ENOENT/);
    expect(await keepSnapshots(db, dataDir, { signal })).not.toBeNull();
    await close();
  },
  timeoutMs,
);

it(
  "gives a copy up in the middle of a large file, leaves nothing of it, and can make the next one",
  async () => {
    await using test = await createTestPlace("pglite");
    const dataDir = dataDirOf(test);
    const { close, keepSnapshots: keep } = await openDatabase(test.place);
    const root = join(dataDir, "snapshots");
    const large = join("base", "large");
    await writeFile(join(dataDir, "database", large), "");
    await truncate(join(dataDir, "database", large), 2 ** 32);
    const stopping = new AbortController();
    const given = keep?.(stopping.signal).catch((error: unknown) => error);
    await expect
      .poll(
        () =>
          stat(join(root, "unfinished", large)).then(
            ({ size }) => size,
            () => 0,
          ),
        {
          timeout: timeoutMs,
          interval: 10,
        },
      )
      .toBeGreaterThan(0);
    stopping.abort();
    expect(await given).toMatchObject({ name: "AbortError" });
    expect(await readdir(root)).toEqual([]);
    await rm(join(dataDir, "database", large));
    expect(await keep?.(signal)).not.toBeNull();
    await close();
  },
  timeoutMs,
);
