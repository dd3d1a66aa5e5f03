/** The PostgreSQL of a benchmark: one for all targets, durable as it comes, thrown away at the end. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startTestPostgres } from "@sotto/db/testing";
import { Client } from "pg";

/** What all calls of one statement took inside PostgreSQL, with planning. */
export type Statement = { text: string; calls: number; totalMs: number };

export type BenchPostgres = AsyncDisposable & {
  pid: number;
  version: string;
  /** Gives the URL of a new database, empty or a copy of another. */
  create(name: string, template?: string): Promise<string>;
  drop(name: string): Promise<void>;
  /** Writes out what earlier runs left to be written, so that the next one does not pay for it. */
  settle(): Promise<void>;
  /** Statements are counted from here. Only where they are watched, which costs a little. */
  resetStatements(): Promise<void>;
  /** The dearest first. */
  listStatements(): Promise<Statement[]>;
};

const watching = [
  "shared_preload_libraries=pg_stat_statements",
  "pg_stat_statements.track_planning=on",
  "pg_stat_statements.track_utility=on",
];

export async function startBenchPostgres({ watchStatements = false } = {}): Promise<BenchPostgres> {
  const base = await startTestPostgres(watchStatements ? watching : []);
  const client = new Client({ connectionString: base.url });
  await client.connect();
  if (watchStatements) await client.query("create extension pg_stat_statements");
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
    async resetStatements() {
      await client.query("select pg_stat_statements_reset()");
    },
    async listStatements() {
      const { rows } = await client.query<Statement>(
        `select query as text, calls::int, total_exec_time + total_plan_time as "totalMs"
        from pg_stat_statements where query not like '%pg_stat_statements%'
        order by total_exec_time + total_plan_time desc`,
      );
      return rows;
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await base.stop();
    },
  };
}
