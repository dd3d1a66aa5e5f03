/** Where the time goes: what Sotto pays for a message beside what the same machinery takes without its guarantees. */
import type { Profile } from "../profile.ts";
import { find, type Report, summaryOf } from "../results.ts";
import { formatAmount } from "./reach.ts";
import { table } from "./table.ts";

const ours = "ours";
const twoNodes = "ours-two-nodes";
/** The same framework, the same database, group commit, and nothing else. */
const closestLimit = "trpc-commit";

export const profiledTargets = [ours, twoNodes, closestLimit];

/** What a target is set beside, and how both are called. */
const comparisons: Partial<Record<string, { other: string; titles: [string, string]; intro: string }>> = {
  [ours]: {
    other: closestLimit,
    titles: ["Sotto, µs", "the limit, µs"],
    intro: "Processor time for one message, beside that of tRPC with group commit and nothing else:",
  },
  [twoNodes]: {
    other: ours,
    titles: ["two nodes, µs", "one node, µs"],
    intro:
      "Processor time for one message, of both nodes together as one of them spends it, beside that of one node:",
  },
};

export function profileParts(report: Report): string[] {
  // One node under this load is what two are set beside.
  const own = report.profiles.filter(({ target, workload }) =>
    workload === "F" ? target === twoNodes : target === ours,
  );
  return [
    "## Where the time of Sotto goes",
    `Runs of their own, with V8's profiler in the server and \`pg_stat_statements\` in PostgreSQL, which slow both down.
Shares are of the time in which the server's thread was busy, without what a function calls. Times of statements
include waiting for locks and for the disk. \`pnpm bench --profile ours\` prints more of it.`,
    ...own.flatMap((profile) => sectionOf(report, profile)),
  ];
}

function sectionOf(report: Report, profile: Profile): string[] {
  const { workload, messagesPerSecond } = profile;
  return [
    `### ${workload}, ${formatAmount(messagesPerSecond, "/s")} while it was watched`,
    ...comparison(report, profile),
    ...partsOf(profile),
  ];
}

/** Processor time of the server for a message, package by package, and of the database. */
function comparison(report: Report, profile: Profile): string[] {
  const compared = comparisons[profile.target];
  const other = report.profiles.find(
    ({ target, workload }) => target === compared?.other && workload === profile.workload,
  );
  if (compared === undefined || other === undefined) return [];
  const sides = [profile, other].map((side) => {
    const result = find(report.results, side.target, side.workload);
    const median = (figure: string) => (result === undefined ? 0 : summaryOf(result, figure).median);
    const serverUs = median("serverCpuUs");
    return {
      serverUs,
      postgresUs: median("postgresCpuUs"),
      byPackage: new Map(side.packages.map(({ name, share }) => [name, share * serverUs])),
    };
  });
  const names = [...new Set([profile, other].flatMap(({ packages }) => packages.map(({ name }) => name)))];
  const row = (title: string, pick: (side: (typeof sides)[number]) => number) => [
    title,
    ...sides.map((side) => pick(side).toFixed(pick(side) < 10 ? 1 : 0)),
  ];
  return [
    compared.intro,
    table(
      ["", ...compared.titles],
      [
        row("the whole server", ({ serverUs }) => serverUs),
        ...names
          .filter((name) => sides.some(({ byPackage }) => (byPackage.get(name) ?? 0) >= 1))
          .map((name) => row(`of it ${name}`, ({ byPackage }) => byPackage.get(name) ?? 0)),
        row("PostgreSQL", ({ postgresUs }) => postgresUs),
      ],
    ),
  ];
}

function partsOf({ packages, functions, statements }: Profile): string[] {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    table(
      ["package", "share", "function", "share"],
      functions.slice(0, 12).map(({ name, share }, index) => {
        const [part] = packages.slice(index, index + 1);
        return [part?.name ?? "", part === undefined ? "" : percent(part.share), code(name), percent(share)];
      }),
    ),
    table(
      ["statement", "calls", "ms each", "ms in all"],
      statements
        .slice(0, 10)
        .map(({ text, calls, totalMs }) => [
          code(text.replaceAll(/\s+/g, " ").slice(0, 90)),
          calls.toLocaleString("en"),
          (totalMs / calls).toFixed(3),
          Math.round(totalMs).toLocaleString("en"),
        ]),
    ),
  ];
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|").replaceAll("`", "'")}\``;
}
