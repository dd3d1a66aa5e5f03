import { openDatabase } from "@sotto/db";
import { sql } from "kysely";
import type { ServerProcess } from "./server-process.ts";

/** Every row of every table as text, read through a connection of its own. The embedded database must be closed first. */
export async function dumpDatabase({ databaseUrl, dataDir }: ServerProcess): Promise<Buffer> {
  const { db, close } = await openDatabase(databaseUrl === undefined ? { dataDir } : { databaseUrl });
  const rows: string[] = [];
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  for (const { name } of tables) {
    const content = await sql<{
      row: string;
    }>`select to_json(t)::text as row from ${sql.table(name)} t`.execute(db);
    rows.push(name, ...content.rows.map(({ row }) => row));
  }
  await close();
  return Buffer.from(rows.join("\n"));
}
