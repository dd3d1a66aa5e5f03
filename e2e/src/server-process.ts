import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestPlace, type Engine, findFreePort } from "@sotto/db/testing";

const root = new URL("../..", import.meta.url);

/** One server process after another, on the same port. */
export type Launched = {
  url: string;
  /** Everything it printed so far, of all its lives. */
  output(): string;
  /** kill -9, and gone when this resolves. */
  kill(): Promise<void>;
  /** Asks it to stop, and gives its exit code. */
  stop(): Promise<number | null>;
  /** Starts it again on the same port and data, with more or other settings if given. */
  start(more?: Record<string, string>): Promise<void>;
};

export type ServerProcess = Launched & AsyncDisposable & { dataDir: string; databaseUrl: string | undefined };

/** The server as `pnpm start` runs it, in a process of its own on a fresh database. */
export async function startServerProcess(
  engine: Engine,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const database = await createTestPlace(engine);
  const ownDataDir = await mkdtemp(join(tmpdir(), "sotto-e2e-"));
  const databaseUrl = "databaseUrl" in database.place ? database.place.databaseUrl : undefined;
  const dataDir = "dataDir" in database.place ? database.place.dataDir : ownDataDir;
  const place = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  const server = await launchServer({ DATA_DIR: dataDir, ...place, ...env });
  return {
    ...server,
    dataDir,
    databaseUrl,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await database[Symbol.asyncDispose]();
      await rm(ownDataDir, { recursive: true, force: true });
    },
  };
}

/** On whatever `env` says; whoever calls this stops it. */
export async function launchServer(env: Record<string, string>): Promise<Launched> {
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  let output = "";
  let child: ChildProcess | null = null;

  async function start(more: Record<string, string> = {}): Promise<void> {
    child = runServer({ PORT: String(port), RATE_LIMITS: "off", ...env, ...more });
    const started = child;
    started.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    started.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      started.stdout?.on("data", () => {
        if (output.includes(` on ${url} `)) resolve();
      });
      started.once("exit", (code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
    });
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    child = null;
    output = output.replaceAll(` on ${url} `, " on (an earlier life) ");
    if (ending === null || ending.exitCode !== null) return ending?.exitCode ?? null;
    const exited = once(ending, "exit");
    ending.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  }

  await start();
  return {
    url,
    output: () => output,
    kill: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
    start,
  };
}

/** `main.ts` with nothing of this process's configuration in its environment. */
export function runServer(env: Record<string, string>): ChildProcess {
  const { PATH = "", HOME = "" } = process.env;
  return spawn(process.execPath, ["--import", "tsx", "apps/server/src/main.ts"], {
    cwd: root,
    env: { PATH, HOME, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}
