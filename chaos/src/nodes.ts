/** One server; or several on one PostgreSQL, with a NATS to wake each other, as a cluster is run. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type NatsProcess, startNats } from "@sotto/e2e/nats-process";
import type { Random } from "./random.ts";
import { createServerProcess, type ServerProcess } from "./server-process.ts";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url);
/** One for all nodes, and never looked up: people come through the proxy. */
const publicOrigin = "https://chaos.example";

export type Nodes = AsyncDisposable & {
  all: ServerProcess[];
  nats: NatsProcess | null;
  /** Of one that is up, as a load balancer would choose; of any where none is. */
  pickPort(random: Random): number;
};

export async function createNodes(
  count: number,
  input: { env: Record<string, string>; logFile: string; imports: string[] },
): Promise<Nodes> {
  const nats = count === 1 ? null : await startNats();
  const shared =
    nats === null ? {} : { NATS_URL: nats.url, PUBLIC_ORIGIN: publicOrigin, ...(await makeSecrets()) };
  const env = { ...input.env, ...shared };
  const all: ServerProcess[] = [];
  for (let index = 0; index < count; index += 1) {
    all.push(await createServerProcess({ ...input, env }));
  }
  return {
    all,
    nats,
    pickPort(random) {
      const up = all.filter((node) => node.isUp);
      return random.pick(up.length === 0 ? all : up).port;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((node) => node.close()));
      await nats?.kill();
    },
  };
}

/** As `pnpm secrets` prints them. */
async function makeSecrets(): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, ["--import", "tsx", "apps/server/src/print-secrets.ts"], {
    cwd: root,
  });
  return Object.fromEntries(
    Array.from(stdout.matchAll(/^(\w+)=(.+)$/gm), ([, name = "", value = ""]) => [name, value]),
  );
}
