/** The PostgreSQL of a benchmark: one for all targets, durable as it comes, thrown away at the end. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startTestPostgres } from "@sotto/db/testing";
import { Client } from "pg";

export type BenchPostgres = AsyncDisposable & {
  pid: number;
  version: string;
  /** Gives the URL of a new database, empty or a copy of another. */
  create(name: string, template?: string): Promise<string>;
  drop(name: string): Promise<void>;
  /** Writes out what earlier runs left to be written, so that the next one does not pay for it. */
  settle(): Promise<void>;
};

export async function startBenchPostgres(): Promise<BenchPostgres> {
  const base = await startTestPostgres({ durable: true });
  const client = new Client({ connectionString: base.url });
  await client.connect();
  const show = async (setting: string) => {
    const { rows } = await client.query<{ value: string }>("select current_setting($1) as value", [setting]);
    return rows[0]?.value ?? "";
  };
  const pidFile = join(await show("data_directory"), "postmaster.pid");
  const [pid = ""] = (await readFile(pidFile, "utf8")).split("\n");
  return {
    pid: Number(pid),
    version: await show("server_version"),
    async create(name, template) {
      await client.query(`create database ${name} template ${template ?? "template0"}`);
      const url = new URL(base.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async drop(name) {
      await client.query(`drop database ${name} with (force)`);
    },
    async settle() {
      await client.query("checkpoint");
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await base.stop();
    },
  };
}
