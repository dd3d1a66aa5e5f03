import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ToServer } from "./control.ts";
import type { Target } from "./targets.ts";
import { jwtSecret, opaqueServerSetup } from "./secrets.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsx = import.meta.resolve("tsx");
const control = new URL("control.ts", import.meta.url).href;

/** Ours may drain its sockets first. */
const stopTimeoutMs = 20_000;

export type ServerProcess = AsyncDisposable & {
  url: string;
  pid: number;
  ask(message: ToServer): Promise<void>;
};

/** A server of its own process, started as ours is: TypeScript through tsx, nothing else in between. */
export async function startServerProcess(
  target: Target,
  databaseEnv: Record<string, string>,
): Promise<ServerProcess> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(
    process.execPath,
    ["--expose-gc", "--import", tsx, "--import", control, join(root, target.main)],
    {
      cwd: join(root, target.cwd),
      env: {
        PATH,
        HOME,
        NODE_ENV: "production",
        PORT: "0",
        JWT_SECRET: jwtSecret,
        OPAQUE_SERVER_SETUP: opaqueServerSetup,
        RATE_LIMITS: "off",
        LOG_LEVEL: "warn",
        ...databaseEnv,
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  const dispose = () => stop(child);
  try {
    const url = await readAddress(child, target.title);
    return {
      url,
      pid: child.pid ?? 0,
      async ask(message) {
        child.send(message);
        await once(child, "message");
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Every server says where it is once it answers. What it says afterwards on stderr is shown. */
function readAddress(child: ChildProcess, title: string): Promise<string> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => process.stderr.write(`${title}: ${chunk.toString()}`));
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [, url] = /on (http:\/\/[^\s]+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`${title} ended with ${code} before it served.\n${said}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
}
