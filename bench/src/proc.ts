/** Processor time and memory of other processes, from /proc: Linux only. Elsewhere everything is 0. */
import { readdirSync, readFileSync } from "node:fs";

/** Of a clock tick, on every Linux that Node runs on. */
const tickMs = 10;

type Stat = { parent: number; ownMs: number; endedChildrenMs: number };

function readStat(pid: number | string): Stat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name stands in brackets and may hold anything; what follows it is numbers.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (index: number) => Number(fields[index] ?? 0);
  return {
    parent: field(1),
    ownMs: (field(11) + field(12)) * tickMs,
    endedChildrenMs: (field(13) + field(14)) * tickMs,
  };
}

/** Processor time of one process with all its threads. */
export function cpuMsOf(pid: number): number {
  return readStat(pid)?.ownMs ?? 0;
}

/** Processor time of a process and of its children, also of those that have ended. */
export function cpuMsOfFamily(pid: number): number {
  const own = readStat(pid);
  if (own === null) return 0;
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(readStat)
    .filter((stat) => stat?.parent === pid);
  return own.ownMs + own.endedChildrenMs + children.reduce((sum, child) => sum + (child?.ownMs ?? 0), 0);
}

/** Resident memory. */
export function residentBytesOf(pid: number): number {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
