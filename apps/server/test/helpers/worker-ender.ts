import type { Worker } from "node:worker_threads";

/** Preloaded by a server process under test: SIGUSR2 ends the worker thread in which its database runs. */
let last: Worker | undefined;
process.on("worker", (worker) => {
  last = worker;
});
process.on("SIGUSR2", () => void last?.terminate());
