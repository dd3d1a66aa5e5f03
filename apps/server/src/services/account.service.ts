import { findAccountData, listStoredRows, putAccountData } from "@sotto/db";
import type { AccountData, putAccountDataInput, StoredTable } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { assertBase64 } from "../lib/inputs.ts";
import { RequestError } from "../lib/request-error.ts";

export function getAccountData(app: App, session: Session): Promise<AccountData> {
  return findAccountData(app.db, session.userId);
}

export async function storeAccountData(
  app: App,
  session: Session,
  input: z.infer<typeof putAccountDataInput>,
): Promise<{ version: number }> {
  assertBase64("sealed", input.sealed);
  const stored = await putAccountData(app.db, { userId: session.userId, ...input });
  if (!stored) {
    throw new RequestError(
      "version-conflict",
      "Another device stored newer account data. Load it and try again.",
    );
  }
  app.notifier.publish(stored.runs);
  return { version: stored.version };
}

/** Rows of each table that are shown, and characters of each value. */
const rowsShown = 3;
const charactersShown = 48;

/** What whoever runs this server can look at: the caller's own rows in each table, with long values shortened. */
export async function listWhatIsStored(app: App, session: Session): Promise<{ tables: StoredTable[] }> {
  await app.rateLimits.take("whatIsStored", session.userId);
  const tables = await listStoredRows(app.db, { userId: session.userId, sample: rowsShown });
  return {
    tables: tables.map(({ name, columns, rowCount, rows }) => ({
      name,
      columns,
      rowCount,
      rows: rows.map((row) => row.map(shorten)),
    })),
  };
}

function shorten(value: string | null): StoredTable["rows"][number][number] {
  if (value === null) return null;
  return { start: value.slice(0, charactersShown), length: value.length };
}
