/** One run: a fresh database, a fresh server, a fresh load. */
import { type Cast, createCast } from "./cast.ts";
import type { ToServer } from "./control.ts";
import type { Figures } from "./figures.ts";
import type { Plan } from "./plan.ts";
import type { BenchPostgres } from "./postgres.ts";
import { runLoad } from "./run-load.ts";
import { startServerProcess } from "./server-process.ts";
import type { Target } from "./targets.ts";
import { createTokens } from "./secrets.ts";

export type Bench = {
  postgres: BenchPostgres;
  /** Casts by size, and databases that runs begin with, by name: made once, copied for each run. */
  casts: Map<number, Cast>;
  templates: Set<string>;
  runs: number;
};

/** Where to write a processor profile of the server during the measured window. */
export type RunOptions = { profile?: string };

export function createBench(postgres: BenchPostgres): Bench {
  return { postgres, casts: new Map(), templates: new Set(), runs: 0 };
}

export async function runOnce(
  bench: Bench,
  target: Target,
  plan: Plan,
  { profile }: RunOptions = {},
): Promise<Figures> {
  const cast = castOf(bench, plan.pairs);
  await using database = await createDatabase(bench, target, cast, plan.seededPerPair);
  await using server = await startServerProcess(target, database.url);
  await bench.postgres.settle();
  return await runLoad(
    {
      adapter: target.adapter,
      url: server.url,
      cast,
      tokens: createTokens(cast),
      pids: { server: server.pid, postgres: database.url === null ? null : bench.postgres.pid },
      task: plan.task,
    },
    {
      collectGarbage: () => server.ask({ ask: "collect-garbage" }),
      async window(edge) {
        if (profile === undefined) return;
        const message: ToServer =
          edge === "start" ? { ask: "start-profile" } : { ask: "stop-profile", file: profile };
        await server.ask(message);
      },
    },
  );
}

function castOf({ casts }: Bench, pairs: number): Cast {
  const cast = casts.get(pairs) ?? createCast(pairs);
  casts.set(pairs, cast);
  return cast;
}

async function createDatabase(
  bench: Bench,
  { name, database }: Target,
  cast: Cast,
  seededPerPair: number,
): Promise<AsyncDisposable & { url: string | null }> {
  if (database === null || database === "embedded") {
    return { url: null, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const { postgres, templates } = bench;
  const template = `${name}_${cast.pairs.length}_${seededPerPair}`.replaceAll("-", "_");
  if (!templates.has(template)) {
    await database.seed(await postgres.create(template), cast, seededPerPair);
    templates.add(template);
  }
  bench.runs += 1;
  const copy = `run_${bench.runs}`;
  const url = await postgres.create(copy, template);
  return { url, [Symbol.asyncDispose]: () => postgres.drop(copy) };
}
