import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestPlace, type Engine, findFreePort } from "@sotto/db/testing";

const root = new URL("../..", import.meta.url);

export type ServerProcess = AsyncDisposable & {
  url: string;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Everything it printed so far, of all its lives. */
  output(): string;
  /** kill -9, and gone when this resolves. */
  kill(): Promise<void>;
  /** Asks it to stop, and gives its exit code. */
  stop(): Promise<number | null>;
  /** Starts it again on the same port and data, with more or other settings if given. */
  start(more?: Record<string, string>): Promise<void>;
};

/** The server as `pnpm start` runs it, in a process of its own on a fresh database. */
export async function startServerProcess(
  engine: Engine,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const database = await createTestPlace(engine);
  const ownDataDir = await mkdtemp(join(tmpdir(), "sotto-e2e-"));
  const databaseUrl = "databaseUrl" in database.place ? database.place.databaseUrl : undefined;
  const dataDir = "dataDir" in database.place ? database.place.dataDir : ownDataDir;
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  let output = "";
  let child: ChildProcess | null = null;

  async function start(more: Record<string, string> = {}): Promise<void> {
    child = runServer({
      PORT: String(port),
      DATA_DIR: dataDir,
      RATE_LIMITS: "off",
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...env,
      ...more,
    });
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
    dataDir,
    databaseUrl,
    output: () => output,
    kill: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
    start,
    [Symbol.asyncDispose]: async () => {
      await end("SIGTERM");
      await database[Symbol.asyncDispose]();
      await rm(ownDataDir, { recursive: true, force: true });
    },
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
