import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createEmptyPostgres } from "@sotto/db/testing";
import { type Launched, launchServer } from "../../src/server-process.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { type NatsProcess, startNats } from "./nats-process.ts";

const run = promisify(execFile);

export type Cluster = AsyncDisposable & {
  nats: NatsProcess;
  nodes: Launched[];
  /** In front of all nodes: where people connect. */
  balancer: Balancer;
};

/** Nodes that all start at once, on a database without a table. */
export async function startCluster(nodeCount: number): Promise<Cluster> {
  const nats = await startNats();
  const database = await createEmptyPostgres();
  const balancer = await startBalancer();
  const dataDir = await mkdtemp(join(tmpdir(), "sotto-cluster-"));
  const env = {
    DATA_DIR: dataDir,
    DATABASE_URL: "databaseUrl" in database.place ? database.place.databaseUrl : "",
    NATS_URL: nats.url,
    ...(await makeSecrets()),
    PUBLIC_ORIGIN: balancer.url,
  };
  const dispose = async (nodes: Launched[]) => {
    await Promise.all(nodes.map((node) => node.stop()));
    await balancer[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await nats.kill();
    await rm(dataDir, { recursive: true, force: true });
  };
  const starts = Array.from({ length: nodeCount }, () => launchServer(env));
  const settled = await Promise.allSettled(starts);
  const nodes = settled.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  const failed = settled.find((start) => start.status === "rejected");
  if (failed) {
    await dispose(nodes);
    throw failed.reason;
  }
  balancer.use(nodes.map(({ url }) => url));
  return { nats, nodes, balancer, [Symbol.asyncDispose]: () => dispose(nodes) };
}

/** As `pnpm secrets` prints them. */
async function makeSecrets(): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", "apps/server/src/print-secrets.ts"], {
    cwd: new URL("../../..", import.meta.url),
  });
  return Object.fromEntries(
    Array.from(stdout.matchAll(/^(\w+)=(.+)$/gm), ([, name = "", value = ""]) => [name, value]),
  );
}

export async function readiness({ url }: Launched): Promise<unknown> {
  return (await fetch(`${url}/readyz`)).json();
}
