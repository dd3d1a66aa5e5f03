import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startNats } from "@sotto/e2e/nats-process";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import type { Target } from "./targets.ts";

export type Nodes = AsyncDisposable & { servers: ServerProcess[]; natsPid: number | null };

/** Whether more than one node can be measured here. */
export async function isNatsInstalled(): Promise<boolean> {
  return promisify(execFile)("nats-server", ["--version"]).then(
    () => true,
    () => false,
  );
}

/** One server, or several on one database with NATS between them. */
export async function startNodes(target: Target, databaseEnv: Record<string, string>): Promise<Nodes> {
  const servers: ServerProcess[] = [];
  const nats = target.nodes === 1 ? null : await startNats();
  const env = nats === null ? databaseEnv : { ...databaseEnv, NATS_URL: nats.url };
  const dispose = async () => {
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    await nats?.kill();
  };
  try {
    // One after the other: the first brings the schema up to date.
    for (let node = 0; node < target.nodes; node += 1) servers.push(await startServerProcess(target, env));
    return { servers, natsPid: nats?.pid ?? null, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
