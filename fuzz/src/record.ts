/** One line of `docs/reliability/results.jsonl`, from which `pnpm chaos --page` makes the scoreboard. */
import { execFileSync } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { OptionsError } from "./options.ts";
import { countInputs, type Result } from "./run.ts";

const root = new URL("../..", import.meta.url);
const file = new URL("docs/reliability/results.jsonl", root);

/** @throws OptionsError where the sources are in no commit, so that nobody could measure the same again */
export function assertRecordable(): void {
  if (git("status", "--porcelain", "--", ".", ":!docs/reliability") === "") return;
  throw new OptionsError("--record needs a clean checkout: commit first, so that the result has a commit.");
}

export async function appendRecord(seed: number, result: Result): Promise<void> {
  const count = (fault: string) => result.found.filter((each) => each.fault === fault).length;
  const [accepted, untyped] = [count("accepted"), count("untyped")];
  const record = {
    kind: "fuzz",
    date: new Date().toISOString().slice(0, 10),
    commit: git("rev-parse", "--short=10", "HEAD"),
    machine: {
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
    },
    seed,
    inputs: countInputs(result),
    targets: result.inputs,
    accepted,
    untyped,
    other: result.found.length - accepted - untyped,
  };
  await appendFile(file, `${JSON.stringify(record)}\n`);
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
}
