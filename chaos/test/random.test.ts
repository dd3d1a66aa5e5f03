import { expect, test } from "vitest";
import { createRandom } from "../src/random.ts";

test("the same seed and stream give the same numbers, another of either gives others", () => {
  const draw = (seed: number, stream: string) => {
    const random = createRandom(seed, stream);
    return Array.from({ length: 8 }, () => random.integer(0, 2 ** 32));
  };
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  expect(draw(1, "a")).not.toEqual(draw(2, "a"));
  expect(draw(1, "a")).not.toEqual(draw(1, "b"));
});

test("numbers spread evenly over their range, both ends included", () => {
  const random = createRandom(7, "spread");
  const counts = [0, 0, 0, 0, 0, 0];
  for (let draw = 0; draw < 60_000; draw += 1) {
    const at = random.integer(0, 5);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test("waits have the asked mean", () => {
  const random = createRandom(7, "waits");
  let sum = 0;
  for (let draw = 0; draw < 20_000; draw += 1) sum += random.exponential(5);
  expect(sum / 20_000).toBeCloseTo(5, 0);
});

test("a sample has every item at most once", () => {
  const random = createRandom(7, "sample");
  const items = ["a", "b", "c", "d"];
  expect(new Set(random.sample(items, 3)).size).toBe(3);
  expect(random.sample(items, 9).sort()).toEqual(items);
  expect(() => random.pick([])).toThrow("Nothing to pick from.");
});
