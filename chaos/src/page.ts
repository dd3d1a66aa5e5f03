/** Makes the scoreboard from what was recorded: pure, and the same page for the same records. */
import type { Engine } from "./options.ts";
import { makeMeasureRows } from "./page-measures.ts";
import { recordsOf, type ResultRecord, type RunRecord } from "./records.ts";
import { describeMachine, formatNumber, formatRow, notMeasured, type Row, table } from "./page-format.ts";
import type { Times } from "./times.ts";

export function makePage(all: readonly ResultRecord[]): string {
  const records = recordsOf(all, "chaos");
  const measures = makeMeasureRows(all);
  const rows: Row[] = [
    ...(["postgres", "pglite"] as const).map((engine) => killRow(records, engine)),
    faultRow(records),
    measures.recovery,
    {
      figure: `the same with ${clientRange(records)} clients, among all other faults`,
      reach: "–",
      measured: timesOf(records, ({ afterServerKill }) => afterServerKill),
      reached: null,
    },
    {
      figure: "black-holed network → subscribed again",
      reach: "≤ 12 s",
      measured: timesOf(records, ({ afterDeadConnection }) => afterDeadConnection),
      reached: areWithin(records, 12_000),
    },
    measures.slowReader,
    measures.reconnect,
    measures.hostileSocket,
    measures.hostileServer,
    measures.fuzz,
    measures.soak,
  ];
  return `# Reliability

Measured by the rig in [chaos](../chaos/src/rig.ts): real servers, real sockets through a proxy that breaks them, and a
nemesis that kills, stops and pauses what it can reach. Clients write down what they sent, what was acknowledged and what
they saw; [the checker](../chaos/src/checker.ts) compares that with the database. Run it with
\`pnpm chaos --minutes 10 --database postgres --seed 1\`; \`--record\` adds the run to
[the results](reliability/results.jsonl), and \`pnpm chaos --page\` makes this page from them.

A seed gives the same faults at the same times against the same victims. Which bytes are on their way at that moment is
up to the machine, so a seed repeats a plan and not every interleaving. Figures are summed over the runs below; of
percentiles the worst run is shown. Times include what the machine needs to start the server again.

The other figures each have a measure of their own in [chaos/src/measures](../chaos/src/measures/index.ts):
\`pnpm chaos --measure recovery\`, \`reconnect\`, \`slow-reader\`, \`hostile-socket\`, \`hostile-server\`, \`soak\`. They run
on PostgreSQL with real clients; the page shows the newest of each.

| figure | reach | measured | |
|---|---|---|---|
${rows.map(formatRow).join("\n")}

## Runs

${runTable(records)}

## Measures

${measures.table}
`;
}

function killRow(records: readonly RunRecord[], engine: Engine): Row {
  const name = engine === "postgres" ? "PostgreSQL" : "PGlite";
  const own = records.filter(({ database }) => database === engine);
  const kills = sum(own, ({ faults }) => faults["kill-server"] ?? 0);
  const messages = sum(own, ({ acknowledged }) => acknowledged);
  const row = {
    figure: `acknowledged messages lost / doubled / out of order on ${name}, ≥ 200 kill -9 of the server, ≥ 200,000 messages`,
    reach: "0 / 0 / 0",
  };
  if (own.length === 0) return { ...row, measured: notMeasured, reached: null };
  return {
    ...row,
    measured: `${verdict(own)} in ${formatNumber(kills)} kills, ${formatNumber(messages)} acknowledged messages`,
    reached: isSound(own) && kills >= 200 && messages >= 200_000,
  };
}

function faultRow(records: readonly RunRecord[]): Row {
  const own = records.filter(({ database }) => database === "postgres");
  const restarts = sum(own, ({ faults }) => faults["restart-postgres"] ?? 0);
  const broken = sum(records, ({ brokenConnections }) => brokenConnections);
  const row = {
    figure: "the same through 50 PostgreSQL restarts and through 1,000 cut or black-holed connections",
    reach: "0 / 0 / 0",
  };
  if (records.length === 0) return { ...row, measured: notMeasured, reached: null };
  return {
    ...row,
    measured: `${verdict(records)} through ${formatNumber(restarts)} restarts and ${formatNumber(broken)} connections`,
    reached: isSound(records) && restarts >= 50 && broken >= 1_000,
  };
}

function isSound(records: readonly RunRecord[]): boolean {
  return records.every(({ lost, doubled, outOfOrder }) => lost + doubled + outOfOrder === 0);
}

/** Whether all ways back from a dead connection took no longer. */
function areWithin(records: readonly RunRecord[], mostMs: number): boolean | null {
  const times = records.flatMap(({ afterDeadConnection }) => afterDeadConnection ?? []);
  return times.length === 0 ? null : times.every((each) => each.mostMs <= mostMs);
}

function verdict(records: readonly RunRecord[]): string {
  const parts = [
    sum(records, ({ lost }) => lost),
    sum(records, ({ doubled }) => doubled),
    sum(records, ({ outOfOrder }) => outOfOrder),
  ];
  return parts.map(formatNumber).join(" / ");
}

function timesOf(records: readonly RunRecord[], pick: (record: RunRecord) => Times | null): string {
  const times = records.map(pick).filter((each): each is Times => each !== null);
  if (times.length === 0) return notMeasured;
  const worst = (of: (each: Times) => number) => (Math.max(...times.map(of)) / 1_000).toFixed(1);
  const count = formatNumber(times.reduce((total, each) => total + each.count, 0));
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
    "nodes",
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
      describeMachine(machine),
      record.database,
      record.seed,
      record.minutes,
      record.clients,
      record.nodes ?? 1,
      formatNumber(record.acknowledged),
      kills,
      formatNumber(all - kills),
      verdict([record]),
      formatNumber(record.otherViolations),
      record.leftOut.length === 0 ? "–" : record.leftOut.join("; "),
    ];
  });
  return table([head, ...rows]);
}

function sum(records: readonly RunRecord[], pick: (record: RunRecord) => number): number {
  return records.reduce((total, record) => total + pick(record), 0);
}
