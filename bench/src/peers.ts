/** The install of the peers, made when a benchmark first needs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../peers/", import.meta.url));

export async function installPeers(): Promise<void> {
  // pnpm compares with the lock file and is done at once where nothing has changed.
  await run(["install", "--frozen-lockfile", "--silent"]);
  if (await exists(join(folder, "generated/client.ts"))) return;
  await run(["run", "--silent", "generate"]);
  await run(["run", "--silent", "types"]);
}

async function run(args: string[]): Promise<void> {
  const child = spawn("pnpm", args, {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    // Generating needs no engine, only the name of a file: without one Prisma fetches an engine from outside npm.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`pnpm ${args.join(" ")} failed in bench/peers.`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
