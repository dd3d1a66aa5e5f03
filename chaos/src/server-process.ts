import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "@sotto/db/testing";

const root = new URL("../..", import.meta.url);
/** A server that never was up has another trouble than a database that is away. */
const maxFirstAttempts = 3;
const memoryProbe = new URL("measures/memory-probe.mjs", import.meta.url).href;

export type ServerProcess = {
  port: number;
  /** It has started and was not ended since. */
  readonly isUp: boolean;
  /**
   * Starts it and tries again as a supervisor would while its database is away. Gives the time it was up.
   * @throws Error with what it said, where it was never up in its first attempts
   */
  start(): Promise<number>;
  /** kill -9; gone when this resolves. */
  kill(): Promise<void>;
  /** Asks it to stop. Null where it had to be killed. */
  stop(timeoutMs: number): Promise<number | null>;
  /** kill -9, for good: starting it again does nothing any more. */
  close(): Promise<void>;
  /** After a full garbage collection. Needs `memoryProbe`. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** Told when it ends though nobody ended it. */
  onDeath(listener: (code: number | null) => void): void;
};

/** The server as `pnpm start` runs it. Everything it prints is appended to `logFile`. */
export async function createServerProcess(input: {
  env: Record<string, string>;
  logFile: string;
  /** Modules that Node loads first: how a broken build is made for the tests of the rig. */
  imports?: string[];
  memoryProbe?: boolean;
}): Promise<ServerProcess> {
  const port = await findFreePort();
  let child: ChildProcess | null = null;
  let closed = false;
  let isUp = false;
  let wasEverUp = false;
  let said = "";
  let died: (code: number | null) => void = () => undefined;

  async function attempt(): Promise<boolean> {
    const { PATH = "", HOME = "" } = process.env;
    const probed = input.memoryProbe === true;
    const modules = [...(input.imports ?? []), ...(probed ? [memoryProbe] : []), "tsx"];
    const flags = [...(probed ? ["--expose-gc"] : []), ...modules.flatMap((name) => ["--import", name])];
    const started = spawn(process.execPath, [...flags, "apps/server/src/main.ts"], {
      cwd: root,
      env: { PATH, HOME, PORT: String(port), RATE_LIMITS: "off", ...input.env },
      stdio: ["ignore", "pipe", "pipe", probed ? "ipc" : "ignore"],
    });
    child = started;
    let output = "";
    const up = new Promise<boolean>((resolve) => {
      started.stdout?.on("data", (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4_096);
        if (child !== started || !/Sotto \S+ on http/.test(output)) return;
        isUp = true;
        wasEverUp = true;
        resolve(true);
      });
      started.once("exit", () => resolve(false));
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        if (!wasEverUp) said = (said + chunk.toString()).slice(-4_096);
        appendFileSync(input.logFile, chunk);
      });
    }
    started.once("exit", (code) => {
      if (child !== started) return;
      child = null;
      isUp = false;
      void up.then((wasUp) => wasUp && died(code));
    });
    return up;
  }

  async function end(name: NodeJS.Signals, timeoutMs: number): Promise<number | null> {
    const ending = child;
    child = null;
    isUp = false;
    if (ending === null) return null;
    const exited = once(ending, "exit");
    ending.kill(name);
    const timer = setTimeout(() => ending.kill("SIGKILL"), timeoutMs);
    const [code] = (await exited) as [number | null];
    clearTimeout(timer);
    return code;
  }

  return {
    port,
    get isUp() {
      return isUp;
    },
    async start() {
      for (let attempts = 1; ; attempts += 1) {
        if (closed || (await attempt())) return Date.now();
        if (!wasEverUp && attempts >= maxFirstAttempts) {
          throw new Error(`The server does not start. It said:\n${said}`);
        }
        await delay(200);
      }
    },
    async close() {
      closed = true;
      await end("SIGKILL", 10_000);
    },
    kill: async () => {
      await end("SIGKILL", 10_000);
    },
    stop: (timeoutMs) => end("SIGTERM", timeoutMs),
    async memory() {
      if (child?.connected !== true) throw new Error("There is no server to ask for its memory.");
      const answered = once(child, "message");
      child.send("memory");
      const [usage] = (await answered) as [NodeJS.MemoryUsage];
      return usage;
    },
    onDeath(listener) {
      died = listener;
    },
  };
}
