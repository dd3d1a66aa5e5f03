import type { Task } from "./load/workloads.ts";
import type { WorkloadName } from "./targets.ts";

/** What a workload is at one size: who takes part, what they wrote before, and what the load does. */
export type Plan = { title: string; pairs: number; seededPerPair: number; task: Task };

export type Size = "full" | "quick";

const talkingPairs = 50;

export function planOf(name: WorkloadName, size: Size): Plan {
  const quick = size === "quick";
  const times = quick ? { warmMs: 1_000, measureMs: 1_500 } : { warmMs: 2_500, measureMs: 6_000 };
  switch (name) {
    case "A":
      return {
        title: "one message in flight for each of 50 pairs",
        pairs: talkingPairs,
        seededPerPair: 0,
        task: { kind: "traffic", options: { inFlight: 1, ...times } },
      };
    case "B":
      return {
        title: "16 messages in flight for each of 50 pairs",
        pairs: talkingPairs,
        seededPerPair: 0,
        task: { kind: "traffic", options: { inFlight: 16, ...times } },
      };
    default:
      throw new Error(`Workload ${name} is not built yet.`);
  }
}
