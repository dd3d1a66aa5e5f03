import { type Result, summaryOf } from "../results.ts";

const columns = [
  ["messages/s", "messagesPerSecond", 0],
  ["p50 ms", "p50Ms", 1],
  ["p99 ms", "p99Ms", 1],
  ["server µs", "serverCpuUs", 0],
  ["load µs", "loadCpuUs", 0],
  ["postgres µs", "postgresCpuUs", 0],
  ["server busy", "serverBusy", 2],
  ["load busy", "loadBusy", 2],
  ["postgres busy", "postgresBusy", 2],
  ["sent", "sent", 0],
  ["lost", "lost", 0],
  ["doubled", "doubled", 0],
  ["reordered", "reordered", 0],
  ["unacked", "unacknowledged", 0],
] as const;

/** Medians; µs of processor time for each message, busy as parts of one processor. */
export function formatTable(results: Result[]): string {
  const rows = results.map((result) => [
    result.workload,
    result.target,
    ...columns.map(([, figure, digits]) => summaryOf(result, figure).median.toFixed(digits)),
  ]);
  const lines = [["", "", ...columns.map(([title]) => title)], ...rows];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "))
    .join("\n");
}
