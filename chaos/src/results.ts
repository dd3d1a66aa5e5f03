/** Reads and writes `docs/reliability/results.jsonl`, and says on what a result was measured. */
import { execFile } from "node:child_process";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { promisify } from "node:util";
import type { ViolationKind } from "./checks/violation.ts";
import type { Options } from "./options.ts";
import type { Origin, ResultRecord, RunRecord } from "./records.ts";
import type { RunResult } from "./rig.ts";
import { describeTimes } from "./times.ts";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url);
const folder = new URL("docs/reliability/", root);
const file = new URL("results.jsonl", folder);

const classes = {
  lost: [
    "acknowledged-lost",
    "feed-missing",
    "applied-missing",
    "applied-hole",
    "history-missing",
    "left-behind",
    "left-queued",
  ],
  doubled: ["sent-twice", "feed-doubled", "applied-twice", "applied-repeat", "history-doubled"],
  outOfOrder: ["sender-order", "feed-order", "feed-sequence", "applied-out-of-order", "history-order"],
} satisfies Record<string, ViolationKind[]>;

export function makeRunRecord(options: Options, result: RunResult): Omit<RunRecord, keyof Origin> {
  const count = (kinds: readonly ViolationKind[]) =>
    result.violations.filter(({ kind }) => kinds.includes(kind)).length;
  const [lost, doubled, outOfOrder] = [
    count(classes.lost),
    count(classes.doubled),
    count(classes.outOfOrder),
  ];
  const { seed, database, minutes, clients, nodes } = options;
  const { afterServerKillMs, afterDeadConnectionMs } = result.recovery;
  return {
    kind: "chaos",
    database,
    seed,
    minutes,
    clients,
    nodes,
    acknowledged: result.counts.acknowledged,
    stored: result.counts.stored,
    announced: result.counts.applied,
    faults: countFaults(result),
    brokenConnections: result.brokenConnections,
    lost,
    doubled,
    outOfOrder,
    otherViolations: result.violations.length - lost - doubled - outOfOrder,
    afterServerKill: afterServerKillMs.length === 0 ? null : describeTimes(afterServerKillMs),
    afterDeadConnection: afterDeadConnectionMs.length === 0 ? null : describeTimes(afterDeadConnectionMs),
    leftOut: result.skipped,
  };
}

/** How often each kind of fault happened. */
export function countFaults({ deeds }: Pick<RunResult, "deeds">): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fault } of deeds) {
    const name = fault.kind === "network" || fault.kind === "end-session" ? fault.how : fault.kind;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

export async function describeOrigin(): Promise<Origin> {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: await describeCommit(),
    machine: {
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
    },
  };
}

async function describeCommit(): Promise<string> {
  try {
    const { stdout: hash } = await run("git", ["rev-parse", "--short=10", "HEAD"], { cwd: root });
    const { stdout: changes } = await run("git", ["status", "--porcelain", "--", ".", ":!docs"], {
      cwd: root,
    });
    return `${hash.trim()}${changes.trim() === "" ? "" : "+"}`;
  } catch {
    return "unknown";
  }
}

export class RecordError extends Error {
  override name = "RecordError";
}

/** @throws RecordError where nobody could measure the same again: sources that are in no commit */
export function assertRecordable({ commit }: Origin): void {
  if (/^[0-9a-f]+$/.test(commit)) return;
  throw new RecordError("--record needs a clean checkout: commit first, so that the result has a commit.");
}

export async function appendRecord(record: ResultRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  await appendFile(file, `${JSON.stringify(record)}\n`);
}

/** All records so far; none where nothing was recorded yet. */
export async function readRecords(): Promise<ResultRecord[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ResultRecord);
}
