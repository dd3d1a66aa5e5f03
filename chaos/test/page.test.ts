import { expect, test } from "vitest";
import { makePage } from "../src/page.ts";
import type { Deed } from "../src/nemesis.ts";
import type { ResultRecord, RunRecord } from "../src/records.ts";
import { measureRecovery } from "../src/recovery.ts";
import { percentile } from "../src/times.ts";

const record: RunRecord = {
  kind: "chaos",
  date: "2026-01-01",
  commit: "0123456789",
  machine: { cores: 2, memoryGb: 24, node: "20.20.0" },
  database: "postgres",
  seed: 1,
  minutes: 10,
  clients: 20,
  acknowledged: 20_000,
  stored: 20_000,
  announced: 40_000,
  faults: { "kill-server": 90, cut: 50, "restart-postgres": 30 },
  brokenConnections: 800,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
  otherViolations: 0,
  afterServerKill: { count: 100, p50Ms: 1_000, p99Ms: 4_000, mostMs: 5_000 },
  afterDeadConnection: null,
  leftOut: [],
};

test("runs are summed, of percentiles the worst is shown", () => {
  const slower = { count: 1, p50Ms: 1_000, p99Ms: 6_000, mostMs: 7_000 };
  const page = makePage([record, { ...record, seed: 2, lost: 1, afterServerKill: slower }]);
  expect(page).toContain("1 / 0 / 0 in 180 kills, 40,000 acknowledged messages");
  expect(page).toContain("1 / 0 / 0 through 60 restarts and 1,600 connections");
  expect(page).toContain("p99 6.0 s, most 7.0 s (101 times)");
});

test("what was not measured says so", () => {
  const page = makePage([record]);
  const row = (start: string) => page.split("\n").find((line) => line.includes(start));
  expect(row("on PGlite")).toContain("not measured yet");
  expect(row("all of 500 clients")).toContain("not measured yet");
  expect(row("black-holed network")).toContain("not measured yet");
  expect(makePage([])).toContain("None was recorded yet.");
});

test("of a measure the newest is shown, of fuzzing the sum", () => {
  const { date, commit, machine } = record;
  const fuzz = { date, commit, machine, kind: "fuzz", inputs: 3_000_000, accepted: 0, untyped: 1 } as const;
  const server = {
    date,
    commit,
    machine,
    kind: "hostile-server",
    scenarios: 5,
    noticed: 5,
    unnoticed: [],
  } as const;
  const page = makePage([
    fuzz,
    { ...server, noticed: 4, unnoticed: ["replay"] },
    { ...server, unnoticed: [] },
    fuzz,
  ] satisfies ResultRecord[]);
  expect(page).toContain("| 0 / 2 of 6,000,000 inputs | **not reached** |");
  expect(page).toContain("| all | 5 of 5 | reached |");
});

test("percentiles are those of the nearest rank", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile(values, 1)).toBe(100);
  expect(percentile([], 0.5)).toBeNull();
});

test("a way back counts only where nothing else was in it", () => {
  const online = (atMs: number) => ({ kind: "connection", state: "online", atMs }) as const;
  const connecting = (atMs: number) => ({ kind: "connection", state: "connecting", atMs }) as const;
  const logs = [{ device: "d0", lives: [[online(0), connecting(5_010), online(7_000)]] }];
  const kill = {
    fault: { kind: "kill-server", node: 0, downMs: 0 },
    fromMs: 5_000,
    toMs: 6_000,
  } as const;
  const cut = (device: string): Deed => ({
    fault: { kind: "network", how: "cut", devices: [device], forMs: 0 },
    fromMs: 6_500,
    toMs: 6_500,
  });
  const measure = (deeds: Parameters<typeof measureRecovery>[1]) =>
    measureRecovery(logs, deeds, () => 0).afterServerKillMs;
  expect(measure([kill])).toEqual([2_000]);
  expect(measure([kill, cut("d1")])).toEqual([2_000]);
  expect(measure([kill, cut("d0")])).toEqual([]);
});
