import { OptionsError, type Options, parseOptions } from "./options.ts";
import { installPeers } from "./peers.ts";
import { planOf } from "./plan.ts";
import { startBenchPostgres } from "./postgres.ts";
import { formatTable } from "./report/terminal.ts";
import { addResult, type Result } from "./results.ts";
import { createBench, runOnce } from "./run.ts";
import { targets } from "./targets.ts";

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Round by round, all targets in each, so that a slow minute of the machine is everybody's. */
async function compare(options: Options): Promise<Result[]> {
  const results: Result[] = [];
  await using postgres = await startBenchPostgres();
  const bench = createBench(postgres);
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const workload of options.workloads) {
      for (const target of targets) {
        if (!options.targets.includes(target.name)) continue;
        if (!target.workloads.some((name) => name === workload)) continue;
        const figures = await runOnce(bench, target, planOf(workload, options.size));
        addResult(results, { target: target.name, workload, figures });
        say(
          `round ${round}  ${workload}  ${target.title}: ${Math.round(figures["messagesPerSecond"] ?? 0)}/s`,
        );
      }
    }
  }
  return results;
}

try {
  const options = parseOptions(process.argv.slice(2));
  await installPeers();
  const results = await compare(options);
  say(formatTable(results));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
