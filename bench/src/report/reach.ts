/** What the benchmark is to show, as ratios within one run. */
import { find, type Report } from "../results.ts";
import { type Summary, summarize } from "../stats.ts";
import type { WorkloadName } from "../targets.ts";

export type Goal = {
  figure: string;
  /** As people read it. */
  reach: string;
  /** Null where the run did not measure it. */
  measured: Summary | null;
  unit: "×" | "%" | "/s" | "";
  /** Null where it was not measured. */
  reached: boolean | null;
};

type Bound = { atLeast: number } | { atMost: number } | { below: number };

const messagesPerSecond = "messagesPerSecond";

export function listGoals(report: Report): Goal[] {
  const speed = (workload: WorkloadName, other: string, target = "ours") =>
    ratios(report, { workload, target, figure: messagesPerSecond }, { target: other });
  const limit = (workload: WorkloadName, other: string, least: number) =>
    goal(speed(workload, other), "%", { atLeast: least });
  return [
    { figure: "A: messages/s against design one", ...goal(speed("A", "design-one"), "×", { atLeast: 2 }) },
    { figure: "A: messages/s against design two", ...goal(speed("A", "design-two"), "×", { atLeast: 5 }) },
    {
      figure: "A: p99 against design one's median",
      ...goal(
        ratios(
          report,
          { workload: "A", target: "ours", figure: "p99Ms" },
          { target: "design-one", figure: "p50Ms" },
        ),
        "×",
        { below: 1 },
      ),
    },
    { figure: "B: messages/s against design one", ...goal(speed("B", "design-one"), "×", { atLeast: 3 }) },
    { figure: "B: messages/s against design two", ...goal(speed("B", "design-two"), "×", { atLeast: 8 }) },
    { figure: "B: against ws with group commit", ...limit("B", "ws-commit", 0.5) },
    { figure: "B: against tRPC without a database", ...limit("B", "trpc-relay", 0.6) },
    { figure: "A: against tRPC with group commit", ...limit("A", "trpc-commit", 0.8) },
    { figure: "B: against tRPC with group commit", ...limit("B", "trpc-commit", 0.7) },
    {
      figure: "C: memory of an idle connection against tRPC without a database",
      ...goal(
        ratios(
          report,
          { workload: "C", target: "ours", figure: "kibPerConnection" },
          { target: "trpc-relay" },
        ),
        "×",
        { atMost: 1.5 },
      ),
    },
    {
      figure: "D: missed messages delivered",
      ...goal(valuesOf(report, "D", "ours", messagesPerSecond), "/s", { atLeast: 20_000 }),
    },
    {
      figure: "F: processor time of all nodes for a message, two against one",
      ...goal(
        ratios(
          report,
          { workload: "F", target: "ours-two-nodes", figure: "serverCpuUs" },
          { target: "ours" },
        ),
        "×",
        { atMost: 1.25 },
      ),
    },
    {
      figure: "Sealing 1 KiB against tweetnacl's box.after",
      ...goal(sealing(report, "sealUs"), "×", { atMost: 2 }),
    },
    {
      figure: "Opening 1 KiB against tweetnacl's box.after",
      ...goal(sealing(report, "openUs"), "×", { atMost: 2 }),
    },
    {
      figure: "B: on PGlite, against design one on PostgreSQL",
      ...goal(speed("B", "design-one", "ours-embedded"), "×", { atLeast: 1 }),
    },
    {
      figure: "Messages of ours that were lost, doubled or reordered, in all workloads",
      ...goal(faults(report), "", { atMost: 0 }),
    },
  ];
}

function goal(values: number[], unit: Goal["unit"], bound: Bound): Omit<Goal, "figure"> {
  const measured = values.length === 0 ? null : summarize(values);
  return {
    reach: describe(bound, unit),
    measured,
    unit,
    reached: measured && isWithin(measured.median, bound),
  };
}

function isWithin(value: number, bound: Bound): boolean {
  if ("atLeast" in bound) return value >= bound.atLeast;
  if ("atMost" in bound) return value <= bound.atMost;
  return value < bound.below;
}

function describe(bound: Bound, unit: Goal["unit"]): string {
  if ("atLeast" in bound) return `≥ ${formatAmount(bound.atLeast, unit)}`;
  if ("atMost" in bound) return bound.atMost === 0 ? "none" : `≤ ${formatAmount(bound.atMost, unit)}`;
  return `< ${formatAmount(bound.below, unit)}`;
}

export function formatAmount(value: number, unit: Goal["unit"]): string {
  switch (unit) {
    case "%":
      return `${(value * 100).toFixed(0)} %`;
    case "/s":
      return `${Math.round(value).toLocaleString("en")}/s`;
    case "×":
      return `${value.toFixed(value >= 10 || Number.isInteger(value) ? 0 : 2)}×`;
    case "":
      return String(value);
  }
}

function valuesOf(report: Report, workload: WorkloadName, target: string, figure: string): number[] {
  return find(report.results, target, workload)?.rounds.flatMap((round) => round[figure] ?? []) ?? [];
}

/** Round by round, since what slows the machine down slows both. */
function ratios(
  report: Report,
  one: { workload: WorkloadName; target: string; figure: string },
  other: { target: string; figure?: string },
): number[] {
  const values = valuesOf(report, one.workload, one.target, one.figure);
  const others = valuesOf(report, one.workload, other.target, other.figure ?? one.figure);
  return values.flatMap((value, round) => {
    const base = others[round];
    return base === undefined || base === 0 ? [] : [value / base];
  });
}

function sealing({ sealing: rows }: Report, figure: "sealUs" | "openUs"): number[] {
  const base = rows.find(({ name }) => name === "tweetnacl")?.[figure] ?? [];
  const ours = rows.find(({ name }) => name === "ours")?.[figure] ?? [];
  return ours.flatMap((us, round) => us / (base[round] ?? Number.NaN));
}

function faults({ results }: Report): number[] {
  const ours = results.filter(({ target }) => target.startsWith("ours"));
  if (ours.length === 0) return [];
  return [
    ours
      .flatMap(({ rounds }) => rounds)
      .reduce((sum, { lost = 0, doubled = 0, reordered = 0 }) => sum + lost + doubled + reordered, 0),
  ];
}
