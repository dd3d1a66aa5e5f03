import type { Migration } from "kysely/migration";
import { firstTables } from "./0001-first-tables.ts";
import { userBlocks } from "./0002-user-blocks.ts";
import { cheaperWrites } from "./0004-cheaper-writes.ts";
import { renewalAttempts } from "./0005-renewal-attempts.ts";
import { retiredNames } from "./0003-retired-names.ts";

/** In order. A migration that has left this repository is never edited: a change is a new one at the end. */
export const migrations: Record<string, Migration> = {
  "0001-first-tables": firstTables,
  "0002-user-blocks": userBlocks,
  "0003-retired-names": retiredNames,
  "0004-cheaper-writes": cheaperWrites,
  "0005-renewal-attempts": renewalAttempts,
};
