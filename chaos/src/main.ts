import { writeFile } from "node:fs/promises";
import { parseOptions, OptionsError } from "./options.ts";
import { runRig } from "./rig.ts";
import { makePage } from "./page.ts";
import { summarize } from "./report.ts";
import { appendRecord, makeRecord, readRecords } from "./results.ts";

const page = new URL("../../docs/reliability.md", import.meta.url);

try {
  const command = parseOptions(process.argv.slice(2));
  if (command.page) {
    await writeFile(page, makePage(await readRecords()));
  } else {
    const { options } = command;
    const startMs = performance.now();
    const say = (text: string) =>
      process.stdout.write(`${((performance.now() - startMs) / 1_000).toFixed(1).padStart(6)}  ${text}\n`);
    const result = await runRig({ ...options, measure: true }, say);
    process.stdout.write(summarize(options, result));
    if (options.record) await appendRecord(await makeRecord(options, result));
    process.exitCode = result.violations.length === 0 ? 0 : 1;
  }
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
