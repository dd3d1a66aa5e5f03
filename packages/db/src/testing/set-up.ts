import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { openDatabase } from "../open-database.ts";
import { environment, templateDatabase } from "./environment.ts";
import { startTestPostgres, type TestPostgres } from "./test-postgres.ts";

/**
 * Starts a PostgreSQL and makes a migrated template for each engine, so that `createTestDatabase` takes a fraction
 * of a second. Returns what takes it all down again. For vitest's `globalSetup`.
 */
export async function setUpTestDatabases(): Promise<() => Promise<void>> {
  const pgliteTemplate = await mkdtemp(join(tmpdir(), "sotto-pglite-template-"));
  const made = await Promise.allSettled([makePostgres(), makePglite(pgliteTemplate)]);
  const [postgres] = made;
  const takeDown = async () => {
    if (postgres.status === "fulfilled") await postgres.value.stop();
    await rm(pgliteTemplate, { recursive: true, force: true });
  };
  for (const part of made) {
    if (part.status === "fulfilled") continue;
    await takeDown();
    throw part.reason;
  }
  if (postgres.status === "fulfilled") environment.write("postgresUrl", postgres.value.url);
  environment.write("pgliteTemplate", pgliteTemplate);
  return takeDown;
}

async function makePostgres(): Promise<TestPostgres> {
  const postgres = await startTestPostgres();
  try {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`create database ${templateDatabase}`);
    await client.end();
    const url = new URL(postgres.url);
    url.pathname = `/${templateDatabase}`;
    await (await openDatabase({ databaseUrl: url.href })).close();
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function makePglite(dataDir: string): Promise<void> {
  await (await openDatabase({ dataDir })).close();
}
