/**
 * What a server that lies can try, and the test that shows how a client refuses or shows it. The tests run on a real
 * server whose database is tampered with; here they are run, and each scenario counts as noticed when its test passes.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measure } from "./measure.ts";

export type HostileServerFigures = {
  scenarios: number;
  noticed: number;
  /** By name; empty where all were noticed. */
  unnoticed: string[];
};

/** Beginnings of test names in `e2e/test`. */
const scenarios: Record<string, string> = {
  "key swapped after first contact": "a key that is swapped after first contact shows on every device",
  "known name under another id": "a known name under another id is the known person with a changed key",
  replay: "a replay under another id does not open",
  reorder: "messages that the host deletes are missed by number, and a changed order is shown",
  reflect: "a message that is reflected to its sender does not open",
  "re-attribute": "a message that is put under another sender's name does not open",
  "move to another conversation": "a message that is moved to another conversation does not open there",
  "changed bytes": "a single changed bit does not open",
  "repeated event": "a message that the feed brings again is neither shown nor announced twice",
  "cut-off beginning": "the beginning of a conversation that is cut off is missed by number",
  "dropped run": "messages that the host deletes are missed by number",
  "truncated run, then a later message":
    "an end that the host cuts off passes unnoticed, until the sender writes",
  "receipt for a message never sent, or going backwards":
    "a receipt for a message that was never sent, and one",
  "rolled-back feed": "a feed that is rolled back or renumbered is noticed",
  "forged cursor tag": "a feed whose events have other tags than those that were seen is noticed",
  "rolled-back account data": "account data that is rolled back is not used",
  "downgraded version": "an older version of the format is not read",
  "downgraded suite": "a weaker suite of the format is not read",
  "intruder in a conversation": "somebody else in a known conversation is not believed",
};

const files = ["hostile-host", "loss", "pins"].map((name) => `test/${name}.test.ts`);
const e2e = new URL("../../../e2e/", import.meta.url);

type VitestReport = { testResults: { assertionResults: { title: string; status: string }[] }[] };

export const measureHostileServer: Measure<HostileServerFigures> = async ({ say }) => {
  const folder = await mkdtemp(join(tmpdir(), "sotto-scenarios-"));
  const outputFile = join(folder, "report.json");
  try {
    const vitest = ["exec", "vitest", "run", ...files, "--reporter=json", `--outputFile=${outputFile}`];
    const child = spawn("pnpm", vitest, { cwd: e2e, stdio: ["ignore", "ignore", "inherit"] });
    await once(child, "exit");
    const report = JSON.parse(await readFile(outputFile, "utf8")) as VitestReport;
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const unnoticed = listUnnoticed(results);
    for (const name of unnoticed) say(`not noticed: ${name}`);
    const all = Object.keys(scenarios).length;
    return { scenarios: all, noticed: all - unnoticed.length, unnoticed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** A scenario whose test is not there any more counts as not noticed. */
export function listUnnoticed(results: readonly { title: string; status: string }[]): string[] {
  return Object.entries(scenarios).flatMap(([scenario, test]) =>
    results.some(({ title, status }) => title.startsWith(test) && status === "passed") ? [] : [scenario],
  );
}
