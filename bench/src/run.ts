/** One run: a fresh database, fresh servers, a fresh load. */
import type { Cast } from "./cast.ts";
import type { Databases } from "./databases.ts";
import type { Figures } from "./figures.ts";
import type { Edge } from "./load/stage.ts";
import { startNodes } from "./nodes.ts";
import type { Plan } from "./plan.ts";
import { runLoad } from "./run-load.ts";
import { createTokens } from "./secrets.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Target } from "./targets.ts";

/** Called with the first node before and after the measured window; the load waits for it. */
export type AtWindow = (edge: Edge, server: ServerProcess) => Promise<void>;

export async function runOnce(
  databases: Databases,
  target: Target,
  { plan, cast }: { plan: Plan; cast: Cast },
  atWindow: AtWindow = () => Promise.resolve(),
): Promise<Figures> {
  await using database = await databases.prepare(target, cast, plan.seededPerPair);
  await using nodes = await startNodes(target, database.env);
  const { servers, natsPid } = nodes;
  await databases.settle();
  return await runLoad(
    {
      adapter: target.adapter,
      urls: servers.map(({ url }) => url),
      cast,
      tokens: createTokens(cast),
      pids: { servers: servers.map(({ pid }) => pid), postgres: database.postgresPid, nats: natsPid },
      task: plan.task,
    },
    {
      collectGarbage: () => onEach(servers, (server) => server.ask({ ask: "collect-garbage" })),
      window: (edge) => onEach(servers.slice(0, 1), (server) => atWindow(edge, server)),
    },
  );
}

async function onEach(
  servers: ServerProcess[],
  work: (server: ServerProcess) => Promise<void>,
): Promise<void> {
  await Promise.all(servers.map(work));
}
