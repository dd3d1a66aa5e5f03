import { mkdtemp, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assertVersion, withoutPassword } from "../src/engine/postgres.ts";
import { countUsers, DatabaseError, openDatabase, type DatabasePlace } from "../src/index.ts";
import { createEmptyPostgres, createTestPlace } from "../src/testing/index.ts";

async function failureOf(place: DatabasePlace): Promise<DatabaseError> {
  const opened: unknown = await openDatabase(place).catch((error: unknown) => error);
  if (opened instanceof DatabaseError) return opened;
  throw new Error("The database opened.", { cause: opened });
}

describe("PostgreSQL", () => {
  it("is brought up to date once by servers that start at the same time", async () => {
    await using empty = await createEmptyPostgres();
    const servers = await Promise.all(Array.from({ length: 5 }, () => openDatabase(empty.place)));
    expect(await Promise.all(servers.map(({ db }) => countUsers(db)))).toEqual([0, 0, 0, 0, 0]);
    await Promise.all(servers.map(({ close }) => close()));
  });

  it.each([
    [
      "nobody listens",
      "postgres://sotto:hunter2@127.0.0.1:1/sotto?password=hunter2",
      "the connection was refused",
    ],
    ["the host is unknown", "postgres://sotto:hunter2@nowhere.invalid/sotto", "the host name is unknown"],
    ["the address is no URL", "postgres://sotto:hunter2@:::/", "DATABASE_URL"],
  ])("is reported as unreachable where %s, without the password", async (_, databaseUrl, reason) => {
    const error = await failureOf({ databaseUrl });
    expect(error.code).toBe("unreachable");
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain("hunter2");
  });

  it("is reported as unreachable where it refuses the password or lacks the database", async () => {
    await using test = await createTestPlace("postgres");
    if (!("databaseUrl" in test.place)) throw new Error("This is not PostgreSQL.");
    const wrongPassword = new URL(test.place.databaseUrl);
    wrongPassword.password = "hunter2";
    const refused = await failureOf({ databaseUrl: wrongPassword.href });
    expect(refused.message).toContain("it refuses this user or password");
    expect(refused.message).not.toContain("hunter2");
    const missing = new URL(test.place.databaseUrl);
    missing.pathname = "/missing";
    expect((await failureOf({ databaseUrl: missing.href })).message).toContain(
      "it has no database of this name",
    );
  });

  it("is refused before version 15", () => {
    for (const version of [90_624, 130_000, 149_999]) {
      expect(() => assertVersion(version)).toThrow(expect.objectContaining({ code: "too-old" }));
    }
    expect(() => assertVersion(140_012)).toThrow(/PostgreSQL 14; Sotto needs 15/);
    for (const version of [150_000, 160_004, 180_004]) expect(() => assertVersion(version)).not.toThrow();
  });

  it("is named without its password", () => {
    expect(withoutPassword("postgres://u:secret@db.example:5433/x?sslpassword=secret")).toBe(
      "postgres://u:***@db.example:5433/x",
    );
    expect(withoutPassword("not a url secret")).toBe("DATABASE_URL");
  });

  it("may drop connections without taking the process along", async () => {
    await using test = await createTestPlace("postgres");
    const errors: unknown[] = [];
    const { db, close } = await openDatabase(test.place, { onError: (error) => errors.push(error) });
    const killer = await openDatabase(test.place);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(killer.db);
    await killer.close();
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect(await countUsers(db)).toBe(0);
    await close();
  });
});

describe("the embedded database", () => {
  let scratch: string;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "sotto-embedded-"));
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it("says once that it is gone when its worker ends, and can be closed and opened anew", async () => {
    await using test = await createTestPlace("pglite");
    let worker: Worker | undefined;
    const remember = (started: Worker) => {
      worker = started;
    };
    process.on("worker", remember);
    const errors: unknown[] = [];
    const { db, close } = await openDatabase(test.place, { onFatal: (error) => errors.push(error) });
    process.off("worker", remember);
    await worker?.terminate();
    await expect(countUsers(db)).rejects.toThrow("The embedded database stopped");
    await expect(countUsers(db)).rejects.toThrow("The embedded database stopped");
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining("restart") })]);
    await close();
    const again = await openDatabase(test.place);
    expect(await countUsers(again.db)).toBe(0);
    await again.close();
  });

  it("begins anew after a first start that was cut off, in directories that nobody else may enter", async () => {
    const dataDir = join(scratch, "made", "data");
    await mkdir(join(dataDir, "database.unfinished"), { recursive: true, mode: 0o700 });
    await writeFile(join(dataDir, "database.unfinished", "PG_VERSION"), "half");
    const { db, close } = await openDatabase({ dataDir });
    expect(await countUsers(db)).toBe(0);
    const modes = await Promise.all([dataDir, join(dataDir, "database")].map((path) => stat(path)));
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700]);
    expect((await readdir(dataDir)).sort()).toEqual([
      "database",
      "lock",
      expect.stringMatching(/^lock\.live-/),
    ]);
    await close();
    expect(await readdir(dataDir)).toEqual(["database"]);
  });

  it("is refused where the directory cannot be used, and can be opened once that is mended", async () => {
    const file = join(scratch, "file");
    await writeFile(file, "");
    const error = await failureOf({ dataDir: join(file, "data") });
    expect(error.code).toBe("directory-unusable");
    expect(error.message).toContain("DATA_DIR");

    await using test = await createTestPlace("pglite");
    if (!("dataDir" in test.place)) throw new Error("This is not PGlite.");
    const { dataDir } = test.place;
    await mkdir(join(scratch, "other", "database"), { recursive: true });
    expect((await failureOf({ dataDir: join(scratch, "other") })).message).toContain("other than a database");
    const control = join(dataDir, "database", "global", "pg_control");
    await rm(control);
    expect(await failureOf({ dataDir })).toMatchObject({ code: "directory-unusable" });
    expect(await readdir(dataDir)).not.toContain("lock");
  });

  it("settles what is under way when it is closed, and rejects what comes later", async () => {
    await using test = await createTestPlace("pglite");
    const { db, close } = await openDatabase(test.place);
    const running = Array.from({ length: 5 }, () => countUsers(db));
    await Promise.allSettled([...running, close(), close()]);
    await expect(countUsers(db)).rejects.toThrow(/destroyed|closed/);
  });
});
