/** One run: a fresh database, fresh servers, a fresh load. */
import type { Cast } from "./cast.ts";
import type { Databases } from "./databases.ts";
import type { Figures } from "./figures.ts";
import type { Edge } from "./load/stage.ts";
import type { Plan } from "./plan.ts";
import { runLoad } from "./run-load.ts";
import { createTokens } from "./secrets.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import type { Target } from "./targets.ts";

/** Called before and after the measured window; the load waits for it. */
export type AtWindow = (edge: Edge, server: ServerProcess) => Promise<void>;

export async function runOnce(
  databases: Databases,
  target: Target,
  { plan, cast }: { plan: Plan; cast: Cast },
  atWindow: AtWindow = () => Promise.resolve(),
): Promise<Figures> {
  await using database = await databases.prepare(target, cast, plan.seededPerPair);
  await using server = await startServerProcess(target, database.env);
  await databases.settle();
  return await runLoad(
    {
      adapter: target.adapter,
      urls: [server.url],
      cast,
      tokens: createTokens(cast),
      pids: { servers: [server.pid], postgres: database.postgresPid },
      task: plan.task,
    },
    {
      collectGarbage: () => server.ask({ ask: "collect-garbage" }),
      window: (edge) => atWindow(edge, server),
    },
  );
}
