import { monitorEventLoopDelay } from "node:perf_hooks";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pingDatabase } from "../src/index.ts";
import { createTestDatabase, type TestDatabase } from "../src/testing/index.ts";

describe.each(["postgres", "pglite"] as const)("%s", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase(engine);
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it("answers, and says what is durable", async () => {
    await expect(pingDatabase(database.db)).resolves.toBeUndefined();
    expect(database.engine).toBe(engine);
    expect(database.durability).toMatch(/survives a killed process/);
  });

  it("reads int8, bytea, timestamptz, jsonb and arrays alike", async () => {
    const { rows } = await sql<Record<string, unknown>>`select
      9007199254740991::int8 as big, '\\x00ff'::bytea as bytes, '2024-05-06T07:08:09.123Z'::timestamptz as time,
      ${JSON.stringify({ a: ["x", null] })}::jsonb as json, ${["a", null, 'q"\\']}::text[] as list`.execute(
      database.db,
    );
    const bytes = rows[0]?.["bytes"];
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect({ ...rows[0], bytes: [...(bytes as Uint8Array)] }).toEqual({
      big: 9007199254740991,
      bytes: [0, 255],
      time: new Date("2024-05-06T07:08:09.123Z"),
      json: { a: ["x", null] },
      list: ["a", null, 'q"\\'],
    });
  });

  it("leaves the event loop free during a heavy query", async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    await sql`select count(*) from generate_series(1, 4000000) as n where n % 3 = 1`.execute(database.db);
    const tookMs = performance.now() - began;
    delay.disable();
    expect(tookMs).toBeGreaterThan(200);
    expect(delay.max / 1e6).toBeLessThan(tookMs / 2);
  });
});
