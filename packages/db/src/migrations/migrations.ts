import type { Migration } from "kysely/migration";
import { firstTables } from "./0001-first-tables.ts";

/** In order. A migration that has left this repository is never edited: a change is a new one at the end. */
export const migrations: Record<string, Migration> = {
  "0001-first-tables": firstTables,
};
