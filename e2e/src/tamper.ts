import { openDatabase } from "@sotto/db";
import type { RawBuilder } from "kysely";
import type { ServerProcess } from "./server-process.ts";

/** What a hostile host can do: anything, to all that it stores. Gives what the statement returns. */
export async function tamper<Row>(
  { databaseUrl = "" }: ServerProcess,
  statement: RawBuilder<Row>,
): Promise<Row[]> {
  const { db, close } = await openDatabase({ databaseUrl });
  try {
    return (await statement.execute(db)).rows;
  } finally {
    await close();
  }
}
