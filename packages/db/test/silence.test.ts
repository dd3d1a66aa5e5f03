import { Client } from "pg";
import { expect, it } from "vitest";
import { isUnavailable } from "../src/database-error.ts";
import { giveUpOnSilence } from "../src/engine/silence.ts";
import { createTestPlace } from "../src/testing/index.ts";

it("a query that has no answer for long fails as one that may be repeated, and so do those behind it", async () => {
  await using test = await createTestPlace("postgres");
  if (!("databaseUrl" in test.place)) throw new Error("PostgreSQL has a URL.");
  const client = new Client({ connectionString: test.place.databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  giveUpOnSilence(client, 300);
  expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  const silent = client.query("select pg_sleep(60)");
  const behind = client.query("select 1");
  const outcomes = await Promise.allSettled([silent, behind]);
  expect(outcomes.map((outcome) => outcome.status === "rejected" && isUnavailable(outcome.reason))).toEqual([
    true,
    true,
  ]);
});
