import { writeFile } from "node:fs/promises";
import { measures } from "./measures/index.ts";
import { OptionsError, parseOptions, type Command } from "./options.ts";
import { makePage } from "./page.ts";
import type { ResultRecord } from "./records.ts";
import { summarize } from "./report.ts";
import {
  appendRecord,
  assertRecordable,
  describeOrigin,
  makeRunRecord,
  readRecords,
  RecordError,
} from "./results.ts";
import { runRig } from "./rig.ts";

const page = new URL("../../docs/reliability.md", import.meta.url);
const startMs = performance.now();

function say(text: string): void {
  process.stdout.write(`${((performance.now() - startMs) / 1_000).toFixed(1).padStart(6)}  ${text}\n`);
}

/** The commit is looked up before the run: whoever goes on working meanwhile does not change what was measured. */
async function run(command: Exclude<Command, { do: "page" }>): Promise<number> {
  const origin = await describeOrigin();
  if (command.record) assertRecordable(origin);
  if (command.do === "rig") {
    const { options } = command;
    const result = await runRig({ ...options, measure: true }, say);
    process.stdout.write(summarize(options, result));
    if (command.record) await appendRecord({ ...origin, ...makeRunRecord(options, result) });
    return result.violations.length === 0 ? 0 : 1;
  }
  const scale = (full: number, trial: number) => (command.trial ? trial : full);
  const figures = await measures[command.name]({ scale, say });
  process.stdout.write(`${JSON.stringify({ kind: command.name, ...figures })}\n`);
  if (command.record) await appendRecord({ ...origin, kind: command.name, ...figures } as ResultRecord);
  return 0;
}

let exitCode = 0;
try {
  const command = parseOptions(process.argv.slice(2));
  if (command.do === "page") await writeFile(page, makePage(await readRecords()));
  else exitCode = await run(command);
} catch (error) {
  if (!(error instanceof OptionsError || error instanceof RecordError)) throw error;
  process.stderr.write(`${error.message}\n`);
  exitCode = 2;
}
// All is closed by now. What a killed process left open in this one does not keep it from ending.
process.exit(exitCode);
