import { expect, test } from "vitest";
import type { Profile } from "../src/profile.ts";
import type { Recorded } from "../src/record.ts";
import { drawChart } from "../src/report/chart.ts";
import { makePage } from "../src/report/page.ts";
import type { Result } from "../src/results.ts";

const round = {
  p50Ms: 1,
  p99Ms: 2,
  serverBusy: 0.5,
  loadBusy: 0.2,
  postgresBusy: 0.4,
  sent: 1_000,
  lost: 0,
  doubled: 0,
};
const recorded: Recorded = {
  date: "2026-01-02",
  commit: "0123456789",
  machine: { cores: 2, processor: "Processor", memoryGb: 8, node: "20.0.0", postgres: "18.0" },
  rounds: 2,
  results: [
    {
      target: "ours",
      workload: "B",
      rounds: [
        { ...round, messagesPerSecond: 3_000, reordered: 0 },
        { ...round, messagesPerSecond: 5_000, reordered: 0 },
      ],
    },
    {
      target: "design-one",
      workload: "B",
      rounds: [
        { ...round, messagesPerSecond: 1_000, reordered: 250, serverBusy: 0.97 },
        { ...round, messagesPerSecond: 1_000, reordered: 350, serverBusy: 0.97 },
      ],
    },
  ],
  sealing: [],
  profiles: [],
};

test("the page says what was measured, with its spread, what was reached and what nobody measured", () => {
  const page = makePage(recorded);
  expect(page).toContain("| B: messages/s against design one | ≥ 3× | 4× (3× to 5×) | reached |");
  expect(page).toContain("| A: messages/s against design one | ≥ 2× | not measured yet |  |");
  expect(page).toMatch(/\| Sotto \| 4,000 \(3,000 to 5,000\) .*\| 0 \/ 0 \/ 0 \| waiting/);
  expect(page).toMatch(
    /\| Design one: Fastify, pg \| 1,000 .*\| 0 \/ 0 \/ 30 % \| the one thread of its server \(97 % \/ 20 % \/ 40 %\) \|/,
  );
});

test("the page sets what a message costs beside what it costs the closest limit", () => {
  const profileOf = (target: string, share: number): Profile => ({
    target,
    workload: "A",
    messagesPerSecond: 1_000,
    functions: [{ name: "writev", share: 0.2 }],
    packages: [{ name: "@trpc/server", share }],
    statements: [{ text: "select 1", calls: 10, totalMs: 20 }],
  });
  const resultOf = (target: string, serverCpuUs: number): Result => ({
    target,
    workload: "A",
    rounds: [{ ...round, serverCpuUs, postgresCpuUs: 40 }],
  });
  const page = makePage({
    ...recorded,
    results: [resultOf("ours", 200), resultOf("trpc-commit", 100)],
    profiles: [profileOf("ours", 0.25), profileOf("trpc-commit", 0.3)],
  });
  expect(page).toContain("| the whole server | 200 | 100 |");
  expect(page).toContain("| of it @trpc/server | 50 | 30 |");
  expect(page).toContain("| PostgreSQL | 40 | 40 |");
  expect(page).toContain("| `select 1` | 10 | 2.000 | 20 |");
});

test("in the chart the longest bar is the fastest target's", () => {
  const widths = [...drawChart(recorded).matchAll(/class="bar[^"]*" .*?width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect(widths).toHaveLength(2);
  expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(4, 1);
});

test("the page says which package takes the time of sealing, and that of the raw box beside it", () => {
  const sealing = [
    { name: "ours", title: "Sotto's envelope", sealUs: [20, 22, 24], openUs: [18, 18, 18] },
    { name: "tweetnacl", title: "tweetnacl, box.after", sealUs: [12, 11, 13], openUs: [13, 13, 13] },
  ];
  const sealingParts = [
    { name: "tweetnacl", sealUs: 12.34, openUs: 13 },
    { name: "@noble/hashes", sealUs: 5, openUs: 4.06 },
    { name: "(program)", sealUs: 0.01, openUs: 0 },
  ];
  const page = makePage({ ...recorded, sealing, sealingParts });
  expect(page).toContain(
    "| tweetnacl | 12.3 | 13.0 |\n| @noble/hashes | 5.0 | 4.1 |\n| all of box.after | 12.0 | 13.0 |",
  );
  expect(page).not.toContain("(program)");
  expect(makePage({ ...recorded, sealing })).not.toContain("all of box.after");
});
