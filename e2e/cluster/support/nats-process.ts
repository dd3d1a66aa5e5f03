import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "@sotto/db/testing";

const howToGet =
  "nats-server is needed on the PATH, and is not there. On Debian and Ubuntu: `apt-get install nats-server`; " +
  "elsewhere take a release from https://github.com/nats-io/nats-server.";

export type NatsProcess = {
  url: string;
  /** Of the server that was started last. */
  readonly pid: number;
  start(): Promise<void>;
  /** kill -9, and gone when this resolves. */
  kill(): Promise<void>;
};

/** A real NATS server of its own on a free port of the loopback address, started. */
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
        output += chunk.toString();
        if (output.includes("Server is ready")) resolve();
      });
    });
  }

  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    get pid() {
      return child?.pid ?? 0;
    },
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
