import type { Figures } from "../figures.ts";
import { type Report, type Result, summaryOf } from "../results.ts";
import { summarize } from "../stats.ts";
import { formatAmount, type Goal } from "./reach.ts";
import { shownParts } from "./sealing-parts.ts";

const columns = [
  ["messages/s", "messagesPerSecond", 0],
  ["KiB each", "kibPerConnection", 1],
  ["connect ms", "connectMs", 0],
  ["all ms", "allMs", 0],
  ["p50 ms", "p50Ms", 1],
  ["p99 ms", "p99Ms", 1],
  ["server µs", "serverCpuUs", 0],
  ["load µs", "loadCpuUs", 0],
  ["postgres µs", "postgresCpuUs", 0],
  ["nats µs", "natsCpuUs", 0],
  ["server busy", "serverBusy", 2],
  ["load busy", "loadBusy", 2],
  ["postgres busy", "postgresBusy", 2],
  ["lost", "lost", 0],
  ["doubled", "doubled", 0],
  ["reordered", "reordered", 0],
  ["unacked", "unacknowledged", 0],
] as const;

/** One line while it runs. */
export function headlineOf(figures: Figures): string {
  const { messagesPerSecond, kibPerConnection, lost = 0, doubled = 0, reordered = 0 } = figures;
  const speed =
    messagesPerSecond === undefined
      ? `${(kibPerConnection ?? 0).toFixed(1)} KiB for each connection`
      : `${messagesPerSecond.toFixed(0)} messages/s`;
  const faults =
    lost + doubled + reordered === 0 ? "" : `, ${lost} lost, ${doubled} doubled, ${reordered} reordered`;
  return speed + faults;
}

/** Medians; µs of processor time for each message, busy as parts of one processor. */
export function formatResults(results: Result[]): string {
  const shown = columns.filter(([, figure]) =>
    results.some(({ rounds }) => rounds.some((figures) => figures[figure] !== undefined)),
  );
  const rows = results.map((result) => [
    result.workload,
    result.target,
    ...shown.map(([, figure, digits]) =>
      result.rounds[0]?.[figure] === undefined ? "" : summaryOf(result, figure).median.toFixed(digits),
    ),
  ]);
  return align([["", "", ...shown.map(([title]) => title)], ...rows]);
}

export function formatSealing({ sealing, sealingParts = [] }: Report): string {
  const cells = sealing.map(({ title, sealUs, openUs }) => [
    title,
    summarize(sealUs).median.toFixed(1),
    summarize(openUs).median.toFixed(1),
  ]);
  const parts = shownParts(sealingParts).map(({ name, sealUs, openUs }) => [
    `  ours, of it ${name}`,
    sealUs.toFixed(1),
    openUs.toFixed(1),
  ]);
  return align([["1 KiB", "seal µs", "open µs"], ...cells, ...parts]);
}

export function formatGoals(goals: Goal[]): string {
  const rows = goals
    .filter(({ measured }) => measured !== null)
    .map(({ figure, reach, measured, unit, reached }) => [
      figure,
      reach,
      formatAmount(measured?.median ?? 0, unit),
      reached === true ? "reached" : "not reached",
    ]);
  return align([["figure", "reach", "measured", ""], ...rows]);
}

export function align(lines: string[][]): string {
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "))
    .join("\n");
}
