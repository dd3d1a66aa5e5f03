import { countInputs, type Found, type Result } from "./run.ts";
import { faults } from "./target.ts";

const shownCharacters = 2_000;

/** For people, on standard output. */
export function summarize(seed: number, ms: number, result: Result): string {
  const lines = [
    `seed ${seed}, ${countInputs(result).toLocaleString("en-US")} inputs in ${(ms / 1_000).toFixed(1)} s`,
    ...Object.entries(result.inputs).map(
      ([name, count]) => `  ${name.padEnd(16)} ${count.toLocaleString("en-US").padStart(12)}`,
    ),
    "",
    ...(result.found.length === 0
      ? ["No finding."]
      : result.found.flatMap((each) => describeFound(seed, each))),
  ];
  return `${lines.join("\n")}\n`;
}

export function describeFound(seed: number, { target, index, fault, what, input }: Found): string[] {
  const again = index === null ? "" : ` --at ${index}`;
  return [
    `FINDING  ${target}: ${faults[fault]}: ${what}`,
    `  input  ${input.length > shownCharacters ? `${input.slice(0, shownCharacters)}… (${input.length})` : input}`,
    `  again  pnpm fuzz --seed ${seed} --target ${target}${again}`,
  ];
}
