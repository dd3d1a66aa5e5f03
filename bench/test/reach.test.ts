import { expect, test } from "vitest";
import { listGoals } from "../src/report/reach.ts";
import type { Report } from "../src/results.ts";

function reportOf(ours: number[], others: number[], faults = 0): Report {
  const rounds = (values: number[], lost: number) =>
    values.map((messagesPerSecond) => ({ messagesPerSecond, lost, doubled: 0, reordered: 0 }));
  return {
    results: [
      { target: "ours", workload: "A", rounds: rounds(ours, faults) },
      { target: "design-one", workload: "A", rounds: rounds(others, 9) },
    ],
    sealing: [],
    profiles: [],
  };
}

function goalOf(report: Report, figure: string) {
  const goal = listGoals(report).find((each) => each.figure.startsWith(figure));
  if (goal === undefined) throw new Error(`There is no goal ${figure}.`);
  return goal;
}

test("a ratio is taken round by round, so that a slow round of the machine changes nothing", () => {
  const goal = goalOf(reportOf([300, 30, 290], [100, 10, 100]), "A: messages/s against design one");
  expect(goal.measured?.median).toBe(3);
  expect(goal.reached).toBe(true);
});

test("what is below its bound is not reached, and what nobody measured is neither", () => {
  expect(goalOf(reportOf([150], [100]), "A: messages/s against design one").reached).toBe(false);
  expect(goalOf(reportOf([150], [100]), "A: messages/s against design two").reached).toBeNull();
});

test("one lost message of ours is one too many, those of the others are their own affair", () => {
  expect(goalOf(reportOf([1], [1]), "Messages of ours").reached).toBe(true);
  expect(goalOf(reportOf([1], [1], 1), "Messages of ours").reached).toBe(false);
});
