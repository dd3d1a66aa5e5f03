/** The process that makes the load: one workload against one server, the same code for all of them. */
import type { Cast } from "../cast.ts";
import type { Figures } from "../figures.ts";
import { type AdapterName, adapters } from "./adapters.ts";
import type { Edge, Pids, Stage } from "./stage.ts";
import { runWorkload, type Task } from "./workloads.ts";

export type LoadTask = {
  adapter: AdapterName;
  /** Of the nodes. The two of a pair go to different ones, and each node has as many who send. */
  urls: string[];
  cast: Cast;
  tokens: string[];
  pids: Pids;
  task: Task;
};

export type FromLoad =
  | { say: "window"; edge: Edge }
  | { say: "collect-garbage" }
  | { say: "result"; figures: Figures };
/** Every question of the load is answered before it goes on. */
export type ToLoad = { say: "task"; task: LoadTask } | { say: "go-on" };

function tell(message: FromLoad): void {
  process.send?.(message);
}

function ask(message: FromLoad): Promise<void> {
  return new Promise((resolve) => {
    process.once("message", () => resolve());
    tell(message);
  });
}

// Nothing is left behind when the benchmark is interrupted.
process.once("disconnect", () => process.exit());

process.once("message", (message: ToLoad) => {
  if (message.say !== "task") return;
  const { adapter, urls, cast, tokens, pids, task } = message.task;
  const stage: Stage = {
    adapter: adapters[adapter],
    users: cast.people.map(({ id }, index) => ({
      id,
      url: urls[(index + Math.floor(index / 2)) % urls.length] ?? "",
      token: tokens[index] ?? "",
    })),
    pairs: cast.pairs,
    pids,
    window: (edge) => ask({ say: "window", edge }),
    collectGarbage: () => ask({ say: "collect-garbage" }),
  };
  void runWorkload(stage, task).then((figures) => {
    tell({ say: "result", figures });
    process.disconnect();
  });
});
