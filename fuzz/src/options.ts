import { parseArgs } from "node:util";
import type { Until } from "./run.ts";

export type Options = {
  seed: number;
  until: Until;
  /** Names of targets; null: all. */
  targets: string[] | null;
  /** Runs this one input of the one target again. */
  at: number | null;
  record: boolean;
};

export class OptionsError extends Error {
  override name = "OptionsError";
}

const defaultMinutes = 1;

/** @throws OptionsError, in a sentence that names the option */
export function parseOptions(args: readonly string[]): Options {
  const values = parse(args);
  const { minutes, inputs, target, at } = values;
  if (minutes !== undefined && inputs !== undefined) {
    throw new OptionsError("--minutes and --inputs both say when to end: give one of them.");
  }
  if (at !== undefined && target?.length !== 1) {
    throw new OptionsError("--at runs one input again: say of which --target.");
  }
  const whole = (name: string, text: string, most = 2 ** 32 - 1) => {
    const value = parseNumber(name, text, 0, most);
    if (!Number.isInteger(value)) throw new OptionsError(`--${name} "${text}" is not a whole number.`);
    return value;
  };
  return {
    seed: whole("seed", values.seed ?? "1"),
    until:
      inputs === undefined
        ? { ms: parseNumber("minutes", minutes ?? String(defaultMinutes), 0.01, 24 * 60) * 60_000 }
        : { inputs: whole("inputs", inputs, 1e12) },
    targets: target ?? null,
    at: at === undefined ? null : whole("at", at),
    record: values.record === true,
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: args.filter((arg) => arg !== "--"),
      options: {
        seed: text,
        minutes: text,
        inputs: text,
        target: { type: "string", multiple: true },
        at: text,
        record: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function parseNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < least || value > most) {
    throw new OptionsError(`--${name} "${text}" is not a number from ${least} to ${most}.`);
  }
  return value;
}
