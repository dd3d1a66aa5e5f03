/** `docs/performance/results.json`: the last run that was recorded, where it ran and on what. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { describeOrigin, type Origin } from "./origin.ts";
import { drawChart } from "./report/chart.ts";
import { makePage } from "./report/page.ts";
import type { Report } from "./results.ts";

const folder = new URL("../../docs/performance/", import.meta.url);
const file = new URL("results.json", folder);

export type Recorded = Report &
  Omit<Origin, "machine"> & { machine: Origin["machine"] & { postgres: string }; rounds: number };

export async function record(
  report: Report,
  { rounds, postgres }: { rounds: number; postgres: string },
): Promise<void> {
  const origin = await describeOrigin();
  const recorded: Recorded = { ...origin, machine: { ...origin.machine, postgres }, rounds, ...report };
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
