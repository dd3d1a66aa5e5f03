import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { sql } from "kysely";
import { Client } from "pg";
import { expect, it } from "vitest";
import { isUnavailable } from "../src/database-error.ts";
import { openPostgres } from "../src/engine/postgres.ts";
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

/** The way to a database, on which everything from the first `text` of a connection on gets lost, once. */
async function createLossyWay(databaseUrl: string, text: string) {
  const { hostname, port } = new URL(databaseUrl);
  let losses = 0;
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    let lost = false;
    near.on("data", (chunk) => {
      if (losses === 0 && chunk.includes(text)) {
        losses += 1;
        lost = true;
      }
      if (!lost) far.write(chunk);
    });
    far.on("data", (chunk) => near.write(chunk));
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      one.on("error", () => undefined).on("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: url.href, losses: () => losses, [Symbol.dispose]: () => void server.close() };
}

it("a lane whose new connection gets no answer at once is given up too, and the next attempt works", async () => {
  await using test = await createTestPlace("postgres");
  if (!("databaseUrl" in test.place)) throw new Error("PostgreSQL has a URL.");
  using way = await createLossyWay(test.place.databaseUrl, "set enable_seqscan");
  const { db, lanes } = await openPostgres(way.url, () => undefined, 300);
  try {
    const settings = () => sql`show enable_seqscan`.execute(lanes);
    const refusal: unknown = await settings().catch((error: unknown) => error);
    expect(way.losses()).toBe(1);
    expect(isUnavailable(refusal)).toBe(true);
    expect((await settings()).rows).toEqual([{ enable_seqscan: "off" }]);
  } finally {
    await Promise.all([db.destroy(), lanes.destroy()]);
  }
});
