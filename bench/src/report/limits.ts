/** What holds a target back, as far as the processor time of everyone who takes part can say. */
import type { Result } from "../results.ts";
import { summaryOf } from "../results.ts";

/** Of one processor: above this a single thread has nothing left. */
const fullThread = 0.85;
/** Of all processors. */
const fullMachine = 0.85;

export function describeLimit(result: Result, cores: number): string {
  const busy = (figure: string) => summaryOf(result, figure).median;
  const [server, load, postgres] = [busy("serverBusy"), busy("loadBusy"), busy("postgresBusy")];
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return `${reasonOf({ server, load, all: (server + load + postgres) / cores })} (${percent(server)} / ${percent(load)} / ${percent(postgres)})`;
}

function reasonOf({ server, load, all }: { server: number; load: number; all: number }): string {
  if (server >= fullThread) return "the one thread of its server";
  if (load >= fullThread) return "the load: the target could do more";
  if (all >= fullMachine) return "the machine: every processor is busy";
  return "waiting: for answers, locks and the disk";
}
