import { startFuzzServer } from "./server/fuzz-server.ts";
import { OptionsError, parseOptions, type Options } from "./options.ts";
import { appendRecord, assertRecordable } from "./record.ts";
import { summarize } from "./report.ts";
import { attemptOne, fuzz, type Result } from "./run.ts";
import type { Target } from "./target.ts";
import { createPureTargets, createServerTargets } from "./targets.ts";

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.record) assertRecordable();
  const startMs = performance.now();
  await using server = await startFuzzServer();
  const all = [...createPureTargets(options.seed), ...(await createServerTargets(server))];
  const targets = chooseTargets(all, options);
  const result = await run(targets, options);
  process.stdout.write(summarize(options.seed, performance.now() - startMs, result));
  if (options.record && options.at === null) await appendRecord(options.seed, result);
  process.exitCode = result.found.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

function chooseTargets(all: Target[], { targets }: Options): Target[] {
  const unknown = targets?.find((name) => !all.some((target) => target.name === name));
  if (unknown !== undefined) {
    throw new OptionsError(`--target "${unknown}" is none of ${all.map(({ name }) => name).join(", ")}.`);
  }
  return all.filter(({ name }) => targets === null || targets.includes(name));
}

async function run(targets: Target[], { seed, until, at }: Options): Promise<Result> {
  const [target] = targets;
  if (at === null || !target) return fuzz(targets, seed, until);
  const finding = await attemptOne(target, seed, at);
  return { inputs: { [target.name]: 1 }, found: finding ? [finding] : [] };
}
