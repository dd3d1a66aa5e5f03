/** The rows of the scoreboard that have a measure of their own: each shows its newest record, fuzzing the sum of all. */
import { describeMachine, formatNumber, formatSeconds, notMeasured, type Row, table } from "./page-format.ts";
import { recordsOf, type RecordOf, type ResultRecord } from "./records.ts";

/** Of the soak, in messages a second: what is sent on time. */
const soakRate = 195;

export function makeMeasureRows(records: readonly ResultRecord[]) {
  const newest = <Kind extends ResultRecord["kind"]>(
    kind: Kind,
    {
      describe,
      isReached,
      ...row
    }: Pick<Row, "figure" | "reach"> & {
      describe: (record: RecordOf<Kind>) => string;
      isReached: (record: RecordOf<Kind>) => boolean;
    },
  ): Row => {
    const last = recordsOf(records, kind).at(-1);
    if (last === undefined) return { ...row, measured: notMeasured, reached: null };
    return { ...row, measured: describe(last), reached: isReached(last) };
  };
  return {
    recovery: newest("recovery", {
      figure: "server killed → all of 500 clients live again",
      reach: "p99 ≤ 10 s",
      describe: describeRecovery,
      isReached: ({ clients, live }) => clients >= 500 && live.p99Ms <= 10_000,
    }),
    slowReader: newest("slow-reader", {
      figure: "slow reader: extra server memory",
      reach: "≤ 2 MB a socket",
      describe: describeSlowReader,
      isReached: ({ rssMbEach }) => rssMbEach <= 2,
    }),
    reconnect: newest("reconnect", {
      figure: "2,000 clients reconnecting: server error answers",
      reach: "0",
      describe: describeReconnect,
      isReached: ({ clients, errorAnswers }) => clients >= 2_000 && errorAnswers === 0,
    }),
    hostileSocket: newest("hostile-socket", {
      figure: "hostile socket over any cap",
      reach: "closed or paused, others within 2× of their p99",
      describe: describeHostileSocket,
      isReached: ({ attacks }) =>
        attacks.length > 0 &&
        attacks.every(
          ({ asDesigned, beforeP99Ms, duringP99Ms }) => asDesigned && duringP99Ms <= 2 * beforeP99Ms,
        ),
    }),
    hostileServer: newest("hostile-server", {
      figure: "hostile-server scenarios noticed by the client",
      reach: "all",
      describe: describeHostileServer,
      isReached: ({ scenarios, noticed }) => noticed === scenarios,
    }),
    fuzz: fuzzRow(recordsOf(records, "fuzz")),
    soak: newest("soak", {
      figure: "heap growth over a one-hour soak at 200 messages/s",
      reach: "< 1 MB/h after warm-up",
      describe: describeSoak,
      isReached: ({ minutes, messagesPerSecond, growthMbPerHour }) =>
        minutes >= 60 && messagesPerSecond >= soakRate && growthMbPerHour < 1,
    }),
    table: measureTable(records),
  };
}

function describeRecovery({ clients, kills, live, allLive }: RecordOf<"recovery">): string {
  return (
    `p99 ${formatSeconds(live.p99Ms)}, the slowest of ${formatNumber(clients)} clients after ` +
    `${formatSeconds(allLive.p50Ms)} to ${formatSeconds(allLive.mostMs)}, in ${kills} kills`
  );
}

function describeSlowReader({ readers, rssMbEach, heldMbEach, backlogMb }: RecordOf<"slow-reader">): string {
  return `${rssMbEach} MB resident, ${heldMbEach} MB held, with ${readers} readers and ${backlogMb} MB waiting for each`;
}

function describeReconnect({ clients, restarts, errorAnswers, allLiveMs }: RecordOf<"reconnect">): string {
  const times = allLiveMs.map(formatSeconds).join(" and ");
  return `${errorAnswers} with ${formatNumber(clients)} clients in ${restarts} restarts, all live after ${times}`;
}

function describeHostileSocket({ attacks }: RecordOf<"hostile-socket">): string {
  const parts = attacks.map(({ name, outcome, beforeP99Ms, duringP99Ms }) => {
    const times = (duringP99Ms / Math.max(beforeP99Ms, 0.1)).toFixed(1);
    return `${name}: ${outcome}, ${times}× (${beforeP99Ms} → ${duringP99Ms} ms)`;
  });
  return parts.join("; ");
}

function describeHostileServer({ scenarios, noticed, unnoticed }: RecordOf<"hostile-server">): string {
  const missing = unnoticed.length === 0 ? "" : `; not: ${unnoticed.join(", ")}`;
  return `${noticed} of ${scenarios}${missing}`;
}

function fuzzRow(records: readonly RecordOf<"fuzz">[]): Row {
  const row = { figure: "fuzzed inputs accepted or untyped exceptions, ≥ 5 million", reach: "0 / 0" };
  if (records.length === 0) return { ...row, measured: notMeasured, reached: null };
  const sum = (key: "inputs" | "accepted" | "untyped") =>
    records.reduce((total, record) => total + record[key], 0);
  const [inputs, accepted, untyped] = [sum("inputs"), sum("accepted"), sum("untyped")];
  return {
    ...row,
    measured: `${formatNumber(accepted)} / ${formatNumber(untyped)} of ${formatNumber(inputs)} inputs`,
    reached: inputs >= 5_000_000 && accepted + untyped === 0,
  };
}

function describeSoak({
  minutes,
  messages,
  messagesPerSecond,
  growthMbPerHour,
  latency,
}: RecordOf<"soak">): string {
  return (
    `${growthMbPerHour} MB/h over ${minutes} minutes at ${messagesPerSecond} messages/s ` +
    `(${formatNumber(messages)} messages, p99 ${latency.p99Ms} ms)`
  );
}

function measureTable(records: readonly ResultRecord[]): string {
  const measured = records.filter(({ kind }) => kind !== "chaos");
  if (measured.length === 0) return "None was recorded yet.";
  const rows = measured.map(({ date, commit, machine, kind }) => [
    date,
    commit,
    describeMachine(machine),
    kind,
  ]);
  return table([["date", "commit", "machine", "measure"], ...rows]);
}
