/** Makes the scoreboard from the recorded runs: pure, and the same page for the same records. */
import type { Engine } from "./options.ts";
import type { RunRecord, Times } from "./results.ts";

const notMeasured = "not measured yet";

export function makePage(records: readonly RunRecord[]): string {
  const rows: [string, string, string][] = [
    ...(["postgres", "pglite"] as const).map((engine) => killRow(records, engine)),
    faultRow(records),
    [
      "server killed → all of 500 clients live again",
      "p99 ≤ 10 s",
      timesOf(records, (record) => (record.clients >= 500 ? record.afterServerKill : null)),
    ],
    [
      `the same with ${clientRange(records)} clients, among all other faults`,
      "–",
      timesOf(records, ({ afterServerKill }) => afterServerKill),
    ],
    [
      "connection died without a word → connected again",
      "≤ 12 s",
      timesOf(records, ({ afterDeadConnection }) => afterDeadConnection),
    ],
    ["slow reader: extra server memory", "≤ 2 MB a socket", notMeasured],
    ["2,000 clients reconnecting: server error answers", "0", notMeasured],
    ["hostile socket over any cap", "closed, others within 2× of their p99", notMeasured],
    ["hostile-server scenarios noticed by the client", "all", notMeasured],
    ["fuzzed inputs accepted or untyped exceptions, ≥ 5 million", "0 / 0", notMeasured],
    ["heap growth over a one-hour soak at 200 messages/s", "< 1 MB/h after warm-up", notMeasured],
  ];
  return `# Reliability

Measured by the rig in [chaos](../chaos/src/rig.ts): real servers, real sockets through a proxy that breaks them, and a
nemesis that kills and pauses what it can reach. Clients write down what they sent, what was acknowledged and what they
saw; [the checker](../chaos/src/checker.ts) compares that with the database. Run it with
\`pnpm chaos --minutes 10 --database postgres --seed 1\`; \`--record\` adds the run to
[the results](reliability/results.jsonl), and \`pnpm chaos --page\` makes this page from them.

A seed gives the same faults at the same times against the same victims. Which bytes are on their way at that moment is
up to the machine, so a seed repeats a plan and not every interleaving. Figures are summed over the runs below; of
percentiles the worst run is shown. Times include what the machine needs to start the server again.

| figure | reach | measured |
|---|---|---|
${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}

## Runs

${runTable(records)}
`;
}

function killRow(records: readonly RunRecord[], engine: Engine): [string, string, string] {
  const name = engine === "postgres" ? "PostgreSQL" : "PGlite";
  const own = records.filter(({ database }) => database === engine);
  const kills = sum(own, ({ faults }) => faults["kill-server"] ?? 0);
  const measured =
    own.length === 0
      ? notMeasured
      : `${verdict(own)} in ${number(kills)} kills, ${number(sum(own, (each) => each.acknowledged))} acknowledged messages`;
  return [
    `acknowledged messages lost / doubled / out of order on ${name}, ≥ 200 kill -9 of the server, ≥ 200,000 messages`,
    "0 / 0 / 0",
    measured,
  ];
}

function faultRow(records: readonly RunRecord[]): [string, string, string] {
  const own = records.filter(({ database }) => database === "postgres");
  const restarts = sum(own, ({ faults }) => faults["restart-postgres"] ?? 0);
  const broken = sum(records, ({ brokenConnections }) => brokenConnections);
  return [
    "the same through 50 PostgreSQL restarts and through 1,000 cut or black-holed connections",
    "0 / 0 / 0",
    records.length === 0
      ? notMeasured
      : `${verdict(records)} through ${number(restarts)} restarts and ${number(broken)} connections`,
  ];
}

function verdict(records: readonly RunRecord[]): string {
  const parts = [
    sum(records, ({ lost }) => lost),
    sum(records, ({ doubled }) => doubled),
    sum(records, ({ outOfOrder }) => outOfOrder),
  ];
  return parts.map(number).join(" / ");
}

function timesOf(records: readonly RunRecord[], pick: (record: RunRecord) => Times | null): string {
  const times = records.map(pick).filter((each) => each !== null);
  if (times.length === 0) return notMeasured;
  const worst = (of: (each: Times) => number) => (Math.max(...times.map(of)) / 1_000).toFixed(1);
  const count = number(times.reduce((total, each) => total + each.count, 0));
  return `p99 ${worst(({ p99Ms }) => p99Ms)} s, most ${worst(({ mostMs }) => mostMs)} s (${count} times)`;
}

function clientRange(records: readonly RunRecord[]): string {
  const counts = [...new Set(records.map(({ clients }) => clients))].sort((a, b) => a - b);
  const [least] = counts;
  const most = counts.at(-1);
  if (least === undefined || most === undefined) return "20";
  return least === most ? `${least}` : `${least} to ${most}`;
}

function runTable(records: readonly RunRecord[]): string {
  if (records.length === 0) return "None was recorded yet.";
  const head = [
    "date",
    "commit",
    "machine",
    "database",
    "seed",
    "minutes",
    "clients",
    "acknowledged",
    "kills",
    "other faults",
    "lost / doubled / out of order",
    "other violations",
    "left out",
  ];
  const rows = records.map((record) => {
    const { machine, faults } = record;
    const kills = faults["kill-server"] ?? 0;
    const all = Object.values(faults).reduce((total, count) => total + count, 0);
    return [
      record.date,
      record.commit,
      `${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}`,
      record.database,
      record.seed,
      record.minutes,
      record.clients,
      number(record.acknowledged),
      kills,
      number(all - kills),
      verdict([record]),
      number(record.otherViolations),
      record.leftOut.length === 0 ? "–" : record.leftOut.join("; "),
    ];
  });
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function sum(records: readonly RunRecord[], pick: (record: RunRecord) => number): number {
  return records.reduce((total, record) => total + pick(record), 0);
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
