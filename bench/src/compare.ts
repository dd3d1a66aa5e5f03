import { type Cast, createCast } from "./cast.ts";
import type { Databases } from "./databases.ts";
import { isNatsInstalled } from "./nodes.ts";
import { planOf, type Size } from "./plan.ts";
import { headlineOf } from "./report/terminal.ts";
import { addResult, type Result } from "./results.ts";
import { runOnce } from "./run.ts";
import { type Target, targets, type WorkloadName } from "./targets.ts";

export type Comparison = { size: Size; rounds: number; targets: string[]; workloads: WorkloadName[] };

/**
 * Round by round, all targets in each, so that a slow minute of the machine is everybody's; and each round begins with
 * another one, so that nobody always comes after the same.
 */
export async function compare(
  databases: Databases,
  { size, rounds, targets: chosen, workloads }: Comparison,
  say: (text: string) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const casts = createCasts();
  const several = await isNatsInstalled();
  if (!several)
    say("Several nodes are left out: that takes a nats-server on the PATH (Debian: nats-server).");
  const present = targets.filter(({ name, nodes }) => chosen.includes(name) && (nodes === 1 || several));
  for (let round = 1; round <= rounds; round += 1) {
    for (const workload of workloads) {
      const plan = planOf(workload, size);
      const inTurn = [...present.slice(round % present.length), ...present.slice(0, round % present.length)];
      for (const target of inTurn.filter((each) => takesPart(each, workload))) {
        const figures = await runOnce(databases, target, { plan, cast: casts(plan.pairs) });
        addResult(results, { target: target.name, workload, figures });
        say(`round ${round}  ${workload}  ${target.title}: ${headlineOf(figures)}`);
      }
    }
  }
  return results;
}

export function takesPart(target: Target, workload: WorkloadName): boolean {
  return target.workloads.includes(workload);
}

/** One cast of each size, for all targets alike. */
export function createCasts(): (pairs: number) => Cast {
  const casts = new Map<number, Cast>();
  return (pairs) => {
    const cast = casts.get(pairs) ?? createCast(pairs);
    casts.set(pairs, cast);
    return cast;
  };
}
