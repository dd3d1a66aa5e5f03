import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figures } from "./figures.ts";
import type { FromLoad, LoadTask, ToLoad } from "./load/load-main.ts";
import type { Edge } from "./load/stage.ts";

const loadMain = fileURLToPath(new URL("load/load-main.ts", import.meta.url));

/** One workload in a fresh process. What the load asks for is done before it goes on. */
export function runLoad(
  task: LoadTask,
  answers: { window: (edge: Edge) => Promise<void>; collectGarbage: () => Promise<void> },
): Promise<Figures> {
  const child = fork(loadMain, [], { execArgv: ["--import", import.meta.resolve("tsx")] });
  const tell = (message: ToLoad) => child.send(message);
  return new Promise((resolve, reject) => {
    child.on("message", (message: FromLoad) => {
      switch (message.say) {
        case "result":
          resolve(message.figures);
          break;
        case "window":
          answers.window(message.edge).then(() => tell({ say: "go-on" }), reject);
          break;
        case "collect-garbage":
          answers.collectGarbage().then(() => tell({ say: "go-on" }), reject);
      }
    });
    child.once("exit", (code) => reject(new Error(`The load process ended with ${code}.`)));
    tell({ say: "task", task });
  });
}
