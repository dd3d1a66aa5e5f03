import { setImmediate } from "node:timers/promises";
import { createRandom } from "@sotto/chaos/random";
import { describe, type Finding, type Target } from "./target.ts";

export type Until = { inputs: number } | { ms: number };
export type Found = Finding & {
  target: string;
  /** Which input of its target; null where a whole round is blamed. */
  index: number | null;
};
export type Result = { inputs: Record<string, number>; found: Found[] };

const enough = 20;
const breath = 200;

/**
 * Runs all targets round by round, as many inputs of each as it has a share, until the limit is reached or there are
 * findings enough. Input number n of a target comes from seed, name and n alone, so that it can be made again.
 */
export async function fuzz(targets: readonly Target[], seed: number, until: Until): Promise<Result> {
  const startMs = performance.now();
  const result: Result = { inputs: Object.fromEntries(targets.map(({ name }) => [name, 0])), found: [] };
  const roundInputs = targets.reduce((sum, { share }) => sum + share, 0);
  const isOver = () =>
    result.found.length >= enough ||
    ("ms" in until ? performance.now() - startMs >= until.ms : countInputs(result) >= until.inputs);

  while (!isOver()) {
    // What is left of a number of inputs is less than a round at the end.
    const left = "inputs" in until ? until.inputs - countInputs(result) : roundInputs;
    const part = Math.min(1, left / roundInputs);
    for (const target of targets) {
      const from = result.inputs[target.name] ?? 0;
      const count = Math.max(1, Math.ceil(target.share * part));
      result.found.push(...(await runRound(target, seed, from, count)));
      result.inputs[target.name] = from + count;
    }
  }
  return result;
}

export function countInputs({ inputs }: Pick<Result, "inputs">): number {
  return Object.values(inputs).reduce((sum, count) => sum + count, 0);
}

async function runRound(target: Target, seed: number, from: number, count: number): Promise<Found[]> {
  const found: Found[] = [];
  const width = target.width ?? 1;
  let index = from;
  const work = async () => {
    while (index < from + count && found.length < enough) {
      const own = index;
      index += 1;
      // The server of the other targets is in this process: its connections must not seem dead meanwhile.
      if (own % breath === 0) await setImmediate();
      const finding = attemptOne(target, seed, own);
      const settled = finding instanceof Promise ? await finding : finding;
      if (settled) found.push(settled);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  const blamed = await target.settle?.();
  if (blamed) found.push({ ...blamed, target: target.name, index: null });
  return found;
}

/** A target that throws has a fault of its own, or the product has one that it did not foresee: shown either way. */
export function attemptOne(
  target: Target,
  seed: number,
  index: number,
): Found | null | Promise<Found | null> {
  const name = (finding: Finding | null) => finding && { ...finding, target: target.name, index };
  const failed = (error: unknown) =>
    name({ fault: "untyped", what: `the attempt failed: ${describe(error)}`, input: "see its number" });
  try {
    const finding = target.attempt(createRandom(seed, `${target.name}/${index}`));
    return finding instanceof Promise ? finding.then(name, failed) : name(finding);
  } catch (error) {
    return failed(error);
  }
}
