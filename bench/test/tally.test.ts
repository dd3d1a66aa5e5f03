import { expect, test } from "vitest";
import { Tally } from "../src/load/tally.ts";

function tallyOf(sent: number, arrivals: number[]): Tally {
  const tally = new Tally();
  tally.sent = sent;
  for (const number of arrivals) tally.arrive(number);
  return tally;
}

test("what arrives once and in its order is whole", () => {
  const tally = tallyOf(4, [0, 1, 2, 3]);
  expect([tally.missing, tally.doubled, tally.reordered]).toEqual([0, 0, 0]);
});

test("what never arrives is missing", () => {
  expect(tallyOf(4, [0, 2]).missing).toBe(2);
});

test("what arrives again is doubled and counted once, whether it was early or in its turn", () => {
  const tally = tallyOf(4, [0, 0, 3, 3, 1, 2, 3]);
  expect([tally.arrived, tally.doubled]).toEqual([4, 3]);
});

test("each message that arrives after a later one is reordered", () => {
  expect(tallyOf(5, [2, 0, 1, 4, 3]).reordered).toBe(3);
});
