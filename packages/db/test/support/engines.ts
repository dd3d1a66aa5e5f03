import { afterAll, beforeAll, describe } from "vitest";
import type { Db } from "../../src/index.ts";
import { createTestDatabase, type TestDatabase } from "../../src/testing/index.ts";

/** Declares the same tests for both engines, each on a fresh database. */
export function onBothEngines(subject: string, declare: (current: { readonly db: Db }) => void): void {
  describe.each(["postgres", "pglite"] as const)(`${subject} on %s`, (engine) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await createTestDatabase(engine);
    });
    afterAll(async () => {
      await database[Symbol.asyncDispose]();
    });
    declare({
      get db() {
        return database.db;
      },
    });
  });
}
