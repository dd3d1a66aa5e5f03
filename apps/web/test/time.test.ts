import { expect, test } from "vitest";
import { formatDay, formatListTime, toDayKey } from "../src/lib/time.ts";

const now = new Date(2026, 2, 18, 14, 30);
const iso = (year: number, month: number, day: number, hour = 9) =>
  new Date(year, month - 1, day, hour, 5).toISOString();

test("days are named the way people name them", () => {
  expect(formatDay(iso(2026, 3, 18, 0), now, "en-GB")).toBe("Today");
  expect(formatDay(iso(2026, 3, 17, 23), now, "en-GB")).toBe("Yesterday");
  expect(formatDay(iso(2026, 3, 12), now, "en-GB")).toBe("Thursday");
  expect(formatDay(iso(2026, 3, 11), now, "en-GB")).toBe("11 March");
  expect(formatDay(iso(2025, 12, 31), now, "en-GB")).toBe("31 December 2025");
});

test("a list says the time today, and the day before that", () => {
  expect(formatListTime(iso(2026, 3, 18), now, "en-GB")).toBe("09:05");
  expect(formatListTime(iso(2026, 3, 17), now, "en-GB")).toBe("Yesterday");
  expect(formatListTime(iso(2026, 3, 12), now, "en-GB")).toBe("Thu");
  expect(formatListTime(iso(2026, 3, 11), now, "en-GB")).toBe("11 Mar");
  expect(formatListTime(iso(2025, 12, 31), now, "en-GB")).toBe("Dec 2025");
});

test("a clock that runs ahead is still today", () => {
  expect(formatDay(iso(2026, 3, 19), now, "en-GB")).toBe("Today");
});

test("times with microseconds are read", () => {
  expect(toDayKey(new Date("2026-03-18T12:00:00.123456Z"))).toMatch(/^2026-03-1[789]$/);
});
