import type { Origin } from "./records.ts";

export const notMeasured = "not measured yet";

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
