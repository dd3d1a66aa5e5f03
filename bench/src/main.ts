import { compare, createCasts, takesPart } from "./compare.ts";
import { createDatabases, makeFolder } from "./databases.ts";
import { type Options, OptionsError, parseOptions } from "./options.ts";
import { installPeers } from "./peers.ts";
import { planOf } from "./plan.ts";
import { startBenchPostgres } from "./postgres.ts";
import { formatProfile, type Profile, profileTarget } from "./profile.ts";
import { record, writePage } from "./record.ts";
import { profiledTargets } from "./report/profile-parts.ts";
import { listGoals } from "./report/reach.ts";
import { formatGoals, formatResults, formatSealing } from "./report/terminal.ts";
import type { Report } from "./results.ts";
import { profileSealing } from "./sealing-profile.ts";
import { measureSealing } from "./sealing.ts";
import { targets } from "./targets.ts";

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function measure(options: Options): Promise<Report> {
  await using postgres = await startBenchPostgres();
  await using folder = await makeFolder();
  const results = await compare(createDatabases(postgres, folder.path), options, say);
  const sealing = options.sealing ? await measureSealing(Math.max(options.rounds, 3)) : [];
  const ownSealing = sealing.find(({ name }) => name === "ours");
  const sealingParts = ownSealing === undefined ? [] : await profileSealing(ownSealing);
  const profiles: Profile[] = [];
  if (options.record) for (const name of profiledTargets) profiles.push(...(await profile(options, name)));
  const report = { results, sealing, sealingParts, profiles };
  if (options.record) await record(report, { rounds: options.rounds, postgres: postgres.version });
  return report;
}

/** On a PostgreSQL of its own that counts its statements, which the others are not to pay for. */
async function profile(options: Options, name: string): Promise<Profile[]> {
  await using postgres = await startBenchPostgres({ watchStatements: true });
  await using folder = await makeFolder();
  const databases = createDatabases(postgres, folder.path);
  const castOf = createCasts();
  const profiles: Profile[] = [];
  for (const target of targets.filter((each) => each.name === name)) {
    for (const workload of options.workloads) {
      // Nobody speaks in C.
      if (workload === "C" || !takesPart(target, workload)) continue;
      const plan = planOf(workload, options.size);
      const scene = { workload, plan, cast: castOf(plan.pairs) };
      profiles.push(await profileTarget({ databases, postgres, folder: folder.path }, target, scene));
    }
  }
  return profiles;
}

// What is open hears of the end of this process and ends, too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  const options = parseOptions(process.argv.slice(2));
  if (!options.page) await installPeers();
  if (options.page) {
    await writePage();
  } else if (options.profile !== null) {
    for (const each of await profile(options, options.profile)) say(formatProfile(each));
  } else {
    const report = await measure(options);
    say(`\n${formatResults(report.results)}`);
    if (report.sealing.length > 0) say(`\n${formatSealing(report)}`);
    say(`\n${formatGoals(listGoals(report))}`);
  }
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
