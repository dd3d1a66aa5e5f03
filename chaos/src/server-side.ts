import { access } from "node:fs/promises";
import { relative } from "node:path";
import type { Db } from "@sotto/db";
import { dumpRows } from "./final-database.ts";
import { createNeedle, findInFile, findNeedles, walk } from "./plaintext.ts";

/** Searches everything the server has for what it must not know. Gives a sentence for each find. */
export async function searchServerSide(input: {
  db: Db;
  folders: readonly string[];
  logFile: string;
  secrets: { marker: string; password: string };
}): Promise<string[]> {
  const needles = [
    createNeedle("message text", input.secrets.marker),
    createNeedle("password", input.secrets.password),
  ];
  const finds: string[] = [];
  for await (const rows of dumpRows(input.db)) {
    for (const name of findNeedles(Buffer.from(rows), needles)) finds.push(`${name} in a table`);
  }
  for (const folder of input.folders) {
    for await (const path of walk(folder)) {
      for (const name of await findInFile(path, needles)) finds.push(`${name} in ${relative(folder, path)}`);
    }
  }
  await access(input.logFile);
  for (const name of await findInFile(input.logFile, needles)) finds.push(`${name} in the server's log`);
  return finds;
}
