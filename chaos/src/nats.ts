import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "@sotto/db/testing";

const howToGet =
  "--nodes needs nats-server on the PATH. On Debian and Ubuntu: `apt-get install nats-server`; elsewhere take a " +
  "release from https://github.com/nats-io/nats-server.";

export type NatsProcess = {
  url: string;
  start(): Promise<void>;
  /** kill -9; gone when this resolves. */
  kill(): Promise<void>;
};

/** A real NATS server on a free port of the loopback address, started. */
export async function startNats(): Promise<NatsProcess> {
  const port = await findFreePort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const started = spawn("nats-server", ["--addr", "127.0.0.1", "--port", String(port)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = started;
    let output = "";
    await new Promise<void>((resolve, reject) => {
      started.once("error", (error) => reject(new Error(howToGet, { cause: error })));
      started.once("exit", (code) => reject(new Error(`nats-server ended with ${code}:\n${output}`)));
      started.stderr.on("data", (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4_096);
        if (output.includes("Server is ready")) resolve();
      });
    });
  }

  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    start,
    async kill() {
      const ending = child;
      child = null;
      if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
      const exited = once(ending, "exit");
      ending.kill("SIGKILL");
      await exited;
    },
  };
}
