import { expect, test } from "vitest";
import { emptyRounds, listRows, type Measured } from "../src/web/figures.ts";
import { growthOf } from "../src/web/figures/memory.ts";
import { makePage } from "../src/web/page.ts";

const nothing: Measured = { rounds: emptyRounds(), firstLoad: null, memory: null };

test("a figure is the median of the rounds' medians, with the least and greatest of all samples", () => {
  const rounds = {
    ...emptyRounds(),
    open: [
      [80, 90, 500],
      [60, 70, 75],
      [110, 120, 130],
    ],
  };
  const row = listRows({ ...nothing, rounds }).find(({ figure }) => figure.startsWith("opening"));
  expect(row).toMatchObject({ measured: "90 ms (60 ms to 500 ms)", reached: true });
});

test("one long frame is one too many", () => {
  const rounds = { ...emptyRounds(), longFrames: [[0], [1], [1]] };
  const row = listRows({ ...nothing, rounds }).find(({ figure }) => figure.includes("frames"));
  expect(row).toMatchObject({ reach: "none", reached: false });
});

test("memory that only grows while it warms up is flat, and a short look says nothing about it", () => {
  const samples = Array.from({ length: 24 }, (_, index) => ({
    minute: index + 1,
    pageKb: 10_000 + Math.min(index, 11) * 500,
    workerKb: 20_000,
  }));
  expect(growthOf({ minutes: 24, samples })).toBeCloseTo(0);
  const find = (minutes: number) => listRows({ ...nothing, memory: { minutes, samples } }).at(-1);
  expect(find(60)?.reached).toBe(true);
  expect(find(3)?.reached).toBeNull();
  const growing = samples.map(({ minute, pageKb }) => ({
    minute,
    pageKb,
    workerKb: 20_000 + minute * 1_000,
  }));
  expect(growthOf({ minutes: 24, samples: growing })).toBeCloseTo(60_000);
});

test("the page names commit and machine, and what was not measured", () => {
  const machine = { cores: 2, processor: "a processor", memoryGb: 8, node: "22.0.0" };
  const origin = { date: "2026-01-31", commit: "0123456789", machine };
  const size = { messages: 50_000, conversations: 200, longest: 6_000 };
  const page = makePage({ origin, rounds: 5, size, measured: nothing });
  expect(page).toContain("2026-01-31 at `0123456789`: 2 × a processor");
  expect(page).toContain("| opening another conversation | ≤ 100 ms | not measured yet |");
});
