import { expect, it } from "vitest";
import { parseOptions } from "../src/options.ts";

it("reads what to run, and how long", () => {
  expect(parseOptions([])).toEqual({
    seed: 1,
    until: { ms: 60_000 },
    targets: null,
    at: null,
    record: false,
  });
  expect(parseOptions(["--", "--seed", "7", "--minutes", "0.5", "--record"])).toMatchObject({
    seed: 7,
    until: { ms: 30_000 },
    record: true,
  });
  expect(parseOptions(["--inputs", "5000000"]).until).toEqual({ inputs: 5_000_000 });
  expect(parseOptions(["--target", "base64", "--at", "12"])).toMatchObject({ targets: ["base64"], at: 12 });
});

it.each([
  [["--seed", "x"], '--seed "x" is not a number'],
  [["--inputs", "1.5"], '--inputs "1.5" is not a whole number'],
  [["--minutes", "1", "--inputs", "1"], "give one of them"],
  [["--at", "3"], "say of which --target"],
  [["--nonsense"], "--nonsense"],
])("refuses %j in a sentence", (args, sentence) => {
  expect(() => parseOptions(args)).toThrow(sentence);
});
