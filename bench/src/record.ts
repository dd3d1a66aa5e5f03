/** `docs/performance/results.json`: the last run that was recorded, where it ran and on what. */
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { promisify } from "node:util";
import { drawChart } from "./report/chart.ts";
import { makePage } from "./report/page.ts";
import type { Report } from "./results.ts";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url);
const folder = new URL("docs/performance/", root);
const file = new URL("results.json", folder);

export type Recorded = Report & {
  date: string;
  /** With a plus sign where the sources were changed. */
  commit: string;
  machine: { cores: number; processor: string; memoryGb: number; node: string; postgres: string };
  rounds: number;
};

export async function record(
  report: Report,
  { rounds, postgres }: { rounds: number; postgres: string },
): Promise<void> {
  const recorded: Recorded = {
    date: new Date().toISOString().slice(0, 10),
    commit: await describeCommit(),
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model ?? "unknown",
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
      postgres,
    },
    rounds,
    ...report,
  };
  await mkdir(folder, { recursive: true });
  // Three digits are more than one machine can tell from the next.
  const rounded = JSON.stringify(recorded, (_key, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(4)) : value,
  );
  await writeFile(file, `${rounded}\n`);
  await writePage();
}

/** Made anew from what was recorded. */
export async function writePage(): Promise<void> {
  const recorded = JSON.parse(await readFile(file, "utf8")) as Recorded;
  await writeFile(new URL("messages-per-second.svg", folder), drawChart(recorded));
  await writeFile(new URL("../performance.md", folder), makePage(recorded));
}

async function describeCommit(): Promise<string> {
  const { stdout: hash } = await run("git", ["rev-parse", "--short=10", "HEAD"], { cwd: root });
  const { stdout: changes } = await run("git", ["status", "--porcelain", "--", "apps", "packages", "bench"], {
    cwd: root,
  });
  return `${hash.trim()}${changes.trim() === "" ? "" : "+"}`;
}
