/**
 * A PostgreSQL that can be restarted, killed and paused. The test server of `@sotto/db` makes the directory, the
 * user and the password; then it is stopped and its directory is served by a postmaster of this module's own, with
 * PostgreSQL's own durability settings: the test server waits for no disk, and would lose commits when it is killed.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { startTestPostgres } from "@sotto/db/testing";
import { Client } from "pg";

const run = promisify(execFile);

export type ChaosPostgres = AsyncDisposable & {
  url: string;
  /** What it said so far. */
  log(): Promise<string>;
  dataDir: string;
  /** `fast` ends sessions, `immediate` also skips the shutdown checkpoint, `kill` is kill -9 of the postmaster. */
  stop(how: "fast" | "immediate" | "kill"): Promise<void>;
  /** Starts it again and waits until it answers, however long recovery takes. */
  start(): Promise<void>;
  /** Every process of it stands still, as on a machine that swaps; gives what lets them go on. */
  pause(): Promise<() => void>;
};

const signals = { fast: "SIGINT", immediate: "SIGQUIT", kill: "SIGKILL" } as const;
const startTimeoutMs = 60_000;
const attemptMs = 2_000;

/** Waits for its standard input to end, as it does when this process ends, and ends the postmaster then. */
const guardScript = `
"$@" >>"$LOG" 2>&1 &
server=$!
echo $server
( cat >/dev/null; [ -s "$PAUSED" ] && kill -CONT $(cat "$PAUSED"); kill -INT $server ) 2>/dev/null <&3 &
wait $server
`;

export async function startChaosPostgres(): Promise<ChaosPostgres> {
  const base = await startTestPostgres();
  const { url } = base;
  const settings = await readSettings(url);
  const dataDir = settings["data_directory"] ?? "";
  const binary = join(settings["BINDIR"] ?? "", "postgres");
  const pausedFile = join(dataDir, "..", "paused");
  const logFile = join(dataDir, "..", "chaos.log");
  const owner = await stat(dataDir);
  const user = process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {};
  let guard: ChildProcess | null = null;
  let pid = 0;

  async function launch(): Promise<void> {
    const args = [
      "-D",
      dataDir,
      "-p",
      new URL(url).port,
      ...["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100"].flatMap(
        (setting) => ["-c", setting],
      ),
    ];
    const started = spawn("/bin/sh", ["-c", `exec 3<&0\n${guardScript}`, "sh", binary, ...args], {
      ...user,
      cwd: dataDir,
      detached: true,
      stdio: ["pipe", "pipe", "ignore"],
      env: { PATH: process.env["PATH"] ?? "", LOG: logFile, PAUSED: pausedFile, LC_ALL: "C" },
    });
    guard = started;
    const [line] = (await once(started.stdout, "data")) as [Buffer];
    pid = Number(line.toString());
  }

  async function start(): Promise<void> {
    const deadline = Date.now() + startTimeoutMs;
    for (;;) {
      if (guard === null || guard.exitCode !== null) await launch();
      if (await answers(url)) return;
      if (Date.now() > deadline) {
        throw new Error(`PostgreSQL did not come back; it said:\n${await readFile(logFile, "utf8")}`);
      }
      // After kill -9 its last processes may still hold the shared memory; a start is refused until they are gone.
      await delay(100);
    }
  }

  async function stop(how: "fast" | "immediate" | "kill"): Promise<void> {
    const ending = guard;
    if (ending === null || ending.exitCode !== null) return;
    const exited = once(ending, "exit");
    process.kill(pid, signals[how]);
    await exited;
    ending.stdin?.end();
    guard = null;
  }

  await stopByPidFile(dataDir);
  await start();
  return {
    url,
    dataDir,
    log: () => readFile(logFile, "utf8"),
    start,
    stop,
    async pause() {
      const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid="]);
      const children = stdout
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number))
        .flatMap(([child = 0, parent = 0]) => (parent === pid ? [child] : []));
      // The postmaster first, so that it starts nobody who would go on working.
      const all = [pid, ...children];
      await writeFile(pausedFile, all.join(" "), { mode: 0o644 });
      for (const each of all) signal(each, "SIGSTOP");
      return () => {
        for (const each of all) signal(each, "SIGCONT");
      };
    },
    async [Symbol.asyncDispose]() {
      await stop("fast");
      await base.stop();
    },
  };
}

async function stopByPidFile(dataDir: string): Promise<void> {
  const [line = ""] = (await readFile(join(dataDir, "postmaster.pid"), "utf8")).split("\n");
  const pid = Number(line);
  signal(pid, "SIGINT");
  for (;;) {
    const still = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => null);
    if (still === null) return;
    await delay(20);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Gone by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: attemptMs });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function readSettings(url: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_config where name = 'BINDIR'
       union all select 'data_directory', current_setting('data_directory')`,
    );
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  } finally {
    await client.end();
  }
}
