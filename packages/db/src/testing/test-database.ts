import { randomBytes } from "node:crypto";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { openDatabase, type Database, type DatabasePlace } from "../open-database.ts";
import { environment, templateDatabase } from "./environment.ts";

export type Engine = Database["engine"];

/** A fresh, migrated database that nobody has open; it vanishes at the end of its scope. */
export type TestPlace = { engine: Engine; place: DatabasePlace; [Symbol.asyncDispose](): Promise<void> };

/** The same, open. */
export type TestDatabase = Database & { place: DatabasePlace; [Symbol.asyncDispose](): Promise<void> };

/** Needs `setUpTestDatabases` to have run in a parent process (vitest's `globalSetup`). */
export async function createTestPlace(engine: Engine): Promise<TestPlace> {
  return engine === "postgres" ? createPostgresPlace(templateDatabase) : createPglitePlace();
}

export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  const { place, [Symbol.asyncDispose]: dispose } = await createTestPlace(engine);
  try {
    const database = await openDatabase(place);
    const disposeOpen = async () => {
      await database.close();
      await dispose();
    };
    return { ...database, place, [Symbol.asyncDispose]: disposeOpen };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Without a table yet. */
export function createEmptyPostgres(): Promise<TestPlace> {
  return createPostgresPlace("template1");
}

/** A database of its own on the test server: migrated from `templateDatabase`, empty from `template1`. */
async function createPostgresPlace(template: string): Promise<TestPlace> {
  const url = new URL(environment.read("postgresUrl"));
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOn(url.href, `create database ${name} template ${template}`);
  const placeUrl = new URL(url);
  placeUrl.pathname = `/${name}`;
  return {
    engine: "postgres",
    place: { databaseUrl: placeUrl.href },
    [Symbol.asyncDispose]: () => runOn(url.href, `drop database ${name} with (force)`),
  };
}

async function createPglitePlace(): Promise<TestPlace> {
  const template = environment.read("pgliteTemplate");
  const dataDir = await mkdtemp(join(tmpdir(), "sotto-pglite-"));
  await cp(template, dataDir, { recursive: true });
  return {
    engine: "pglite",
    place: { dataDir },
    [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }),
  };
}

async function runOn(databaseUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
