import type { Figures } from "../figures.ts";
import type { Stage } from "./stage.ts";
import { type HistoryOptions, runHistory } from "./workloads/history.ts";
import { type IdleOptions, runIdle } from "./workloads/idle.ts";
import { type ReturnOptions, runReturn } from "./workloads/return.ts";
import { runTraffic, type TrafficOptions } from "./workloads/traffic.ts";

export type Task =
  | { kind: "traffic"; options: TrafficOptions }
  | { kind: "idle"; options: IdleOptions }
  | { kind: "return"; options: ReturnOptions }
  | { kind: "history"; options: HistoryOptions };

export function runWorkload(stage: Stage, task: Task): Promise<Figures> {
  switch (task.kind) {
    case "traffic":
      return runTraffic(stage, task.options);
    case "idle":
      return runIdle(stage, task.options);
    case "return":
      return runReturn(stage, task.options);
    case "history":
      return runHistory(stage, task.options);
  }
}
