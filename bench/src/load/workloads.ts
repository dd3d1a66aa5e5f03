import type { Figures } from "../figures.ts";
import type { Stage } from "./stage.ts";
import { runTraffic, type TrafficOptions } from "./workloads/traffic.ts";

export type Task = { kind: "traffic"; options: TrafficOptions };

export function runWorkload(stage: Stage, task: Task): Promise<Figures> {
  switch (task.kind) {
    case "traffic":
      return runTraffic(stage, task.options);
  }
}
