/**
 * `pnpm dev`: the server and the web app with hot reload in one terminal, on a database of its own with three demo
 * people. The page is on http://localhost:3000 and hands `/api` on to the server beside it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { demoPeople, seedDemo } from "./demo.ts";

const webPort = 3000;
const serverPort = 3001;
const serverUrl = `http://localhost:${serverPort}`;
const children: ChildProcess[] = [];

/** Nothing of the server's configuration is inherited: demo people with known passwords belong into no real database. */
const ownNames = new Set([
  "DATABASE_URL",
  "NATS_URL",
  "JWT_SECRET",
  "OPAQUE_SERVER_SETUP",
  "REGISTRATION",
  "INVITE_CODE",
]);
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ownNames.has(name)));

function run(command: string, args: string[], env: Record<string, string>): void {
  const child = spawn(command, args, { env: { ...inherited, ...env }, stdio: "inherit" });
  child.on("exit", (code) => stop(code ?? 0));
  children.push(child);
}

const stopping = new AbortController();
function stop(code: number): void {
  if (stopping.signal.aborted) return;
  stopping.abort();
  for (const child of children) child.kill("SIGTERM");
  process.exitCode = code;
}
process.on("SIGINT", () => stop(0));
process.on("SIGTERM", () => stop(0));

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Resolves once the server answers; a compile error shows in its own output meanwhile. */
async function serverReady(): Promise<boolean> {
  while (!stopping.signal.aborted) {
    const answer = await fetch(`${serverUrl}/readyz`).catch(() => null);
    if (answer?.ok === true) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

run(process.execPath, ["--watch", "--watch-preserve-output", "--import", "tsx", "apps/server/src/main.ts"], {
  PORT: String(serverPort),
  DATA_DIR: ".dev-data",
  PUBLIC_ORIGIN: `http://localhost:${webPort},http://127.0.0.1:${webPort},${serverUrl}`,
  RATE_LIMITS: "off",
  LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn",
});
const vite = fileURLToPath(new URL("../node_modules/vite/bin/vite.js", import.meta.url));
run(process.execPath, [vite, "apps/web", "--port", String(webPort), "--strictPort"], {
  SOTTO_SERVER_PORT: String(serverPort),
});

if (await serverReady()) {
  await seedDemo(serverUrl);
  say(`\nSotto for development: http://localhost:${webPort}\nDemo people:`);
  for (const { username, password } of demoPeople) say(`  ${username.padEnd(6)} ${password}`);
  say("");
}
