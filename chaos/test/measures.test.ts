import { expect, test } from "vitest";
import { listUnnoticed } from "../src/measures/hostile-server.ts";
import { slope } from "../src/measures/soak.ts";
import { sumSeries } from "../src/measures/stage.ts";

test("growth is the slope of the line that fits best", () => {
  const points = Array.from({ length: 50 }, (_, x) => ({ x, y: 3 + 0.5 * x + (x % 2 === 0 ? 1 : -1) }));
  expect(slope(points)).toBeCloseTo(0.5, 2);
  expect(slope(points.map(({ x }) => ({ x, y: 7 })))).toBe(0);
});

test("of a metric the series with the labels are summed", () => {
  const text = [
    "# TYPE answers counter",
    'answers{route="trpc",status="5xx"} 3',
    'answers{route="web",status="5xx"} 1',
    'answers{route="web",status="2xx"} 40',
    'answers_other{status="5xx"} 9',
    "plain 2",
  ].join("\n");
  expect(sumSeries(text, "answers", /status="5xx"/)).toBe(4);
  expect(sumSeries(text, "plain", /^/)).toBe(2);
  expect(sumSeries(text, "unheard_of", /^/)).toBe(0);
});

test("a scenario counts as noticed only where its test ran and passed", () => {
  const none = listUnnoticed([]);
  const title = "a replay under another id does not open";
  expect(none).toContain("replay");
  expect(listUnnoticed([{ title, status: "failed" }])).toEqual(none);
  expect(listUnnoticed([{ title, status: "passed" }])).toEqual(none.filter((name) => name !== "replay"));
});
