/** One line of `docs/reliability/results.jsonl`: what a run measured, where and on what. */
import { execFile } from "node:child_process";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { promisify } from "node:util";
import type { ViolationKind } from "./checks/violation.ts";
import type { Engine, Options } from "./options.ts";
import { percentile } from "./recovery.ts";
import type { RunResult } from "./rig.ts";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url);
const folder = new URL("docs/reliability/", root);
const file = new URL("results.jsonl", folder);

export type Times = { count: number; p50Ms: number; p99Ms: number; mostMs: number };

export type RunRecord = {
  kind: "chaos";
  date: string;
  /** With a plus sign where the sources were changed. */
  commit: string;
  machine: { cores: number; memoryGb: number; node: string };
  database: Engine;
  seed: number;
  minutes: number;
  clients: number;
  acknowledged: number;
  stored: number;
  announced: number;
  faults: Record<string, number>;
  brokenConnections: number;
  lost: number;
  doubled: number;
  outOfOrder: number;
  otherViolations: number;
  afterServerKill: Times | null;
  afterDeadConnection: Times | null;
  leftOut: string[];
};

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

export async function makeRecord(options: Options, result: RunResult): Promise<RunRecord> {
  const count = (kinds: readonly ViolationKind[]) =>
    result.violations.filter(({ kind }) => kinds.includes(kind)).length;
  const [lost, doubled, outOfOrder] = [
    count(classes.lost),
    count(classes.doubled),
    count(classes.outOfOrder),
  ];
  const { seed, database, minutes, clients } = options;
  return {
    kind: "chaos",
    date: new Date().toISOString().slice(0, 10),
    commit: await describeCommit(),
    machine: {
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
    },
    database,
    seed,
    minutes,
    clients,
    acknowledged: result.counts.acknowledged,
    stored: result.counts.stored,
    announced: result.counts.applied,
    faults: countFaults(result),
    brokenConnections: result.brokenConnections,
    lost,
    doubled,
    outOfOrder,
    otherViolations: result.violations.length - lost - doubled - outOfOrder,
    afterServerKill: describeTimes(result.recovery.afterServerKillMs),
    afterDeadConnection: describeTimes(result.recovery.afterDeadConnectionMs),
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

function describeTimes(values: readonly number[]): Times | null {
  const at = (share: number) => percentile(values, share) ?? 0;
  if (values.length === 0) return null;
  return { count: values.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) };
}

async function describeCommit(): Promise<string> {
  try {
    const { stdout: hash } = await run("git", ["rev-parse", "--short=10", "HEAD"], { cwd: root });
    const { stdout: changes } = await run("git", ["status", "--porcelain", "--", "apps", "packages"], {
      cwd: root,
    });
    return `${hash.trim()}${changes.trim() === "" ? "" : "+"}`;
  } catch {
    return "unknown";
  }
}

export async function appendRecord(record: RunRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  await appendFile(file, `${JSON.stringify(record)}\n`);
}

/** All records so far; none where nothing was recorded yet. */
export async function readRecords(): Promise<RunRecord[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RunRecord)
    .filter(({ kind }) => kind === "chaos");
}
