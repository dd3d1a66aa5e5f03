import { violationKinds, type ViolationKind } from "./checks/violation.ts";
import type { Options } from "./options.ts";
import { countFaults } from "./results.ts";
import type { RunResult } from "./rig.ts";
import { percentile } from "./times.ts";

const detailsShown = 5;

function countViolations({ violations }: Pick<RunResult, "violations">): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of violations) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** For people, on standard output. */
export function summarize(options: Options, result: RunResult): string {
  const { counts, recovery } = result;
  const lines = [
    "",
    `${options.database}, seed ${options.seed}, ${options.clients} clients, ${options.minutes} min`,
    `messages   ${counts.invoked} sent, ${counts.acknowledged} acknowledged, ${counts.stored} stored, ${counts.applied} announced (${counts.repeatedAfterKill} again after a kill)`,
    `feeds      ${counts.events} events, ${counts.receipts} receipts announced`,
    `faults     ${Object.entries(countFaults(result))
      .map(([name, count]) => `${name} ${count}`)
      .join(", ")}`,
    `network    ${result.brokenConnections} connections cut or lost`,
    `back after kill -9 of the server      ${times(recovery.afterServerKillMs)}`,
    `back after a connection died silently ${times(recovery.afterDeadConnectionMs)}`,
    ...result.skipped.map((text) => `left out   ${text}`),
    ...(result.folder === null ? [] : [`kept in    ${result.folder}`]),
    "",
    ...violationLines(result),
  ];
  return `${lines.join("\n")}\n`;
}

function times(values: readonly number[]): string {
  if (values.length === 0) return "not measured";
  const seconds = (share: number) => ((percentile(values, share) ?? 0) / 1_000).toFixed(1);
  return `p50 ${seconds(0.5)} s, p99 ${seconds(0.99)} s, most ${seconds(1)} s (${values.length} times)`;
}

function violationLines(result: RunResult): string[] {
  const counts = Object.entries(countViolations(result)) as [ViolationKind, number][];
  if (counts.length === 0) return ["No violation."];
  const lines: string[] = [];
  for (const [kind, count] of counts) {
    lines.push(`VIOLATION  ${kind}: ${violationKinds[kind]} (${count})`);
    const shown = result.violations.filter((violation) => violation.kind === kind).slice(0, detailsShown);
    lines.push(...shown.map(({ detail }) => `             ${detail}`));
  }
  return lines;
}
