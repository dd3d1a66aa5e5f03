import * as z from "zod/mini";
import { base64Schema } from "./ids.ts";
import { limits } from "./limits.ts";

const versionSchema = z.number().check(z.int(), z.minimum(0));

/** Version 0 is the state before anything was stored. */
export const accountDataSchema = z.object({
  version: versionSchema,
  sealed: z.nullable(base64Schema(limits.accountDataMaxBytes)),
});
export type AccountData = z.infer<typeof accountDataSchema>;

/** Compare-and-set: stored as `version + 1` if the stored version is `version`, else refused as `version-conflict`. */
export const putAccountDataInput = z.object({
  version: versionSchema,
  sealed: base64Schema(limits.accountDataMaxBytes),
});

/** One table of the server's database, and what of it is the caller's. */
export type StoredTable = {
  name: string;
  columns: string[];
  rowCount: number;
  /** The newest few, in the order of `columns`: how the value begins, and its length in characters. */
  rows: ({ start: string; length: number } | null)[][];
};
