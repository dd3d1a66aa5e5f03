/** What was measured, when and on what. */
import { execFile } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { promisify } from "node:util";
import { OptionsError } from "./options.ts";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url);

export type Origin = {
  date: string;
  /** With a plus sign where the sources were changed. */
  commit: string;
  machine: { cores: number; processor: string; memoryGb: number; node: string };
};

export async function describeOrigin(): Promise<Origin> {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: await describeCommit(),
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model ?? "unknown",
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
    },
  };
}

async function describeCommit(): Promise<string> {
  const { stdout: hash } = await run("git", ["rev-parse", "--short=10", "HEAD"], { cwd: root });
  const { stdout: changes } = await run("git", ["status", "--porcelain", "--", ".", ":!docs"], { cwd: root });
  return `${hash.trim()}${changes.trim() === "" ? "" : "+"}`;
}

/** @throws OptionsError where nobody could measure the same again: sources that are in no commit */
export function assertRecordable({ commit }: Origin): void {
  if (commit.endsWith("+"))
    throw new OptionsError("--record needs a clean checkout: commit first, so that the result has a commit.");
}

/** As the beginning of a sentence. */
export function formatWhere({ date, commit, machine }: Origin): string {
  const { cores, processor, memoryGb, node } = machine;
  return `Measured on ${date} at \`${commit}\`: ${cores} × ${processor}, ${memoryGb} GB, Node ${node}`;
}
