import type { Figures } from "./figures.ts";
import type { Profile } from "./profile.ts";
import type { SealingPart } from "./sealing-profile.ts";
import type { SealingRow } from "./sealing.ts";
import { type Summary, summarize } from "./stats.ts";
import type { WorkloadName } from "./targets.ts";

/** Of one target in one workload, over all rounds. */
export type Result = { target: string; workload: WorkloadName; rounds: Figures[] };

export type Report = {
  results: Result[];
  sealing: SealingRow[];
  /** Of our envelope; none in what was recorded before they were measured. */
  sealingParts?: SealingPart[];
  profiles: Profile[];
};

export function addResult(
  results: Result[],
  { target, workload, figures }: { target: string; workload: WorkloadName; figures: Figures },
): void {
  const known = find(results, target, workload);
  if (known === undefined) results.push({ target, workload, rounds: [figures] });
  else known.rounds.push(figures);
}

export function find(results: readonly Result[], target: string, workload: WorkloadName): Result | undefined {
  return results.find((result) => result.target === target && result.workload === workload);
}

export function summaryOf({ rounds }: Result, figure: string): Summary {
  return summarize(rounds.map((figures) => figures[figure] ?? 0));
}
