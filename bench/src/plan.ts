import type { Task } from "./load/workloads.ts";
import type { WorkloadName } from "./targets.ts";

/** What a workload is at one size: who takes part, what they wrote before, and what the load does. */
export type Plan = { pairs: number; seededPerPair: number; task: Task };

export type Size = "full" | "quick";

const talkingPairs = 50;
const pageSize = 200;

export function planOf(name: WorkloadName, size: Size): Plan {
  const quick = size === "quick";
  const traffic = (inFlight: number): Plan => {
    const times = quick ? { warmMs: 800, measureMs: 1_200 } : { warmMs: 2_000, measureMs: 5_000 };
    return {
      pairs: talkingPairs,
      seededPerPair: 0,
      task: { kind: "traffic", options: { inFlight, ...times } },
    };
  };
  switch (name) {
    case "A":
      return traffic(1);
    case "B":
    case "F":
      return traffic(16);
    case "C": {
      const people = quick ? 400 : 2_000;
      const options = { warmUp: people / 10, atOnce: 50, restMs: quick ? 300 : 1_000 };
      return { pairs: people / 2, seededPerPair: 0, task: { kind: "idle", options } };
    }
    case "D": {
      const missedPerPair = 200;
      return {
        pairs: quick ? 100 : 500,
        seededPerPair: missedPerPair,
        task: { kind: "return", options: { missedPerPair } },
      };
    }
    case "E": {
      const messages = quick ? 4_000 : 10_000;
      const options = { messages, pageSize, times: quick ? 2 : 5 };
      return { pairs: 1, seededPerPair: messages, task: { kind: "history", options } };
    }
  }
}
