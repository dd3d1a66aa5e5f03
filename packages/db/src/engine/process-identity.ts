/** What tells a process from a later one with the same id. Null where the system does not say. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Field 22 of `/proc/<pid>/stat` (proc(5)): clock ticks between boot and the start of the process. */
const startTimeField = 22;

export async function findStartTime(pid: number): Promise<string | null> {
  if (process.platform === "win32") return null;
  if (process.platform !== "linux") return findStartTimeFromPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  // The second field is the name in parentheses and may itself contain both spaces and parentheses.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[startTimeField - 3] ?? null;
}

async function findStartTimeFromPs(pid: number): Promise<string | null> {
  const run = promisify(execFile);
  const { stdout } = await run("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return stdout.trim() || null;
}

export async function readBootId(): Promise<string | null> {
  const id = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => null);
  return id?.trim() ?? null;
}
