import { parseArgs } from "node:util";
import { OptionsError } from "../options.ts";
import { type Choice, chosen } from "./figures.ts";
import type { Size } from "./seed-history.ts";

export type Options = {
  size: Size;
  rounds: number;
  /** To be passed while scrolling. */
  scrolledMessages: number;
  only: Choice[];
  memoryMinutes: number;
  /** Into `docs/performance-web.md`. */
  record: boolean;
};

const usage = `pnpm bench:web [options]
  --quick                 fewer messages, one round: for a first look
  --rounds <n>            5 unless given
  --only <a,b>            of ${chosen.join(", ")}
  --memory-minutes <n>    3 unless given; 60 for a trend that says something
  --record                a whole run, into docs/performance-web.md
`;

/** @throws OptionsError */
export function parseOptions(args: string[]): Options {
  const { values } = read(args);
  const quick = values.quick ?? false;
  const record = values.record ?? false;
  if (record && (quick || values.only !== undefined)) {
    throw new OptionsError("--record takes a whole run: leave --quick and --only away.");
  }
  return {
    size: quick
      ? { messages: 4_000, conversations: 40, longest: 1_200 }
      : { messages: 50_000, conversations: 200, longest: 6_000 },
    rounds: parseCount("--rounds", values.rounds, quick ? 1 : 5),
    scrolledMessages: quick ? 800 : 5_000,
    only: values.only === undefined ? [...chosen] : values.only.split(",").map(parseChoice),
    memoryMinutes: parseCount("--memory-minutes", values["memory-minutes"], quick ? 1 : 3),
    record,
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: "boolean" },
        rounds: { type: "string" },
        only: { type: "string" },
        "memory-minutes": { type: "string" },
        record: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new OptionsError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function parseCount(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new OptionsError(`${option} is a whole number from 1.`);
  return count;
}

function parseChoice(name: string): Choice {
  const found = chosen.find((each) => each === name);
  if (found === undefined) throw new OptionsError(`--only: ${name} is none of ${chosen.join(", ")}.`);
  return found;
}
