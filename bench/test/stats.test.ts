import { expect, test } from "vitest";
import { percentile, summarize } from "../src/stats.ts";

test("a percentile is a value of its list, whatever the order", () => {
  const values = Array.from({ length: 100 }, (_, index) => 99 - index);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile([], 0.5)).toBe(0);
});

test("the median of an even number of rounds lies between the two in the middle", () => {
  expect(summarize([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(summarize([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
});
