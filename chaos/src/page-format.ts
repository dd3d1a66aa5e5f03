import type { Origin } from "./records.ts";

export const notMeasured = "not measured yet";

/** A line of the scoreboard. `reached` is null where nothing was asked for, or nothing measured. */
export type Row = { figure: string; reach: string; measured: string; reached: boolean | null };

export function formatRow({ figure, reach, measured, reached }: Row): string {
  const verdict = reached === null ? "–" : reached ? "reached" : "**not reached**";
  return `| ${[figure, reach, measured, verdict].join(" | ")} |`;
}

export function formatNumber(value: number): string {
  return value.toLocaleString("en-US");
}

export function formatSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

export function describeMachine({ cores, memoryGb, node }: Origin["machine"]): string {
  return `${cores} cores, ${memoryGb} GB, Node ${node}`;
}

/** In Markdown; the first row is the head. */
export function table([head = [], ...rows]: (string | number)[][]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
