/** The rows of the scoreboard that have a measure of their own: each shows its newest record, fuzzing the sum of all. */
import { describeMachine, formatNumber, formatSeconds, notMeasured, table } from "./page-format.ts";
import { recordsOf, type RecordOf, type ResultRecord } from "./records.ts";

type Row = [figure: string, reach: string, measured: string];

export function makeMeasureRows(records: readonly ResultRecord[]) {
  const newest = <Kind extends ResultRecord["kind"]>(
    kind: Kind,
    describe: (record: RecordOf<Kind>) => string,
  ): string => {
    const last = recordsOf(records, kind).at(-1);
    return last === undefined ? notMeasured : describe(last);
  };
  return {
    recovery: [
      "server killed → all of 500 clients live again",
      "p99 ≤ 10 s",
      newest("recovery", describeRecovery),
    ] satisfies Row,
    slowReader: [
      "slow reader: extra server memory",
      "≤ 2 MB a socket",
      newest("slow-reader", describeSlowReader),
    ] satisfies Row,
    reconnect: [
      "2,000 clients reconnecting: server error answers",
      "0",
      newest("reconnect", describeReconnect),
    ] satisfies Row,
    hostileSocket: [
      "hostile socket over any cap",
      "closed or paused, others within 2× of their p99",
      newest("hostile-socket", describeHostileSocket),
    ] satisfies Row,
    hostileServer: [
      "hostile-server scenarios noticed by the client",
      "all",
      newest("hostile-server", describeHostileServer),
    ] satisfies Row,
    fuzz: [
      "fuzzed inputs accepted or untyped exceptions, ≥ 5 million",
      "0 / 0",
      describeFuzz(recordsOf(records, "fuzz")),
    ] satisfies Row,
    soak: [
      "heap growth over a one-hour soak at 200 messages/s",
      "< 1 MB/h after warm-up",
      newest("soak", describeSoak),
    ] satisfies Row,
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

function describeFuzz(records: readonly RecordOf<"fuzz">[]): string {
  if (records.length === 0) return notMeasured;
  const sum = (key: "inputs" | "accepted" | "untyped") =>
    formatNumber(records.reduce((total, record) => total + record[key], 0));
  return `${sum("accepted")} / ${sum("untyped")} of ${sum("inputs")} inputs`;
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
