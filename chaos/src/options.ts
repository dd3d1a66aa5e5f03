import { parseArgs } from "node:util";

export type Engine = "postgres" | "pglite";

export type Options = {
  minutes: number;
  seed: number;
  database: Engine;
  clients: number;
  /** Messages a second, of all clients together. */
  rate: number;
  /** Appends the results to the page's data. */
  record: boolean;
  /** Keeps logs and data of the run and says where. */
  keep: boolean;
};

export type Command = { page: true } | { page: false; options: Options };

export class OptionsError extends Error {
  override name = "OptionsError";
}

/** @throws OptionsError, in a sentence that names the option */
export function parseOptions(args: readonly string[]): Command {
  const { values } = parse(args);
  if (values.page === true) return { page: true };
  const nodes = parseNumber("nodes", values.nodes ?? "1", 1, 64);
  if (nodes !== 1) {
    throw new OptionsError(
      `--nodes ${nodes}: this version of Sotto runs as one node, so there is nothing to test with several.`,
    );
  }
  const database = values.database ?? "pglite";
  if (database !== "postgres" && database !== "pglite") {
    throw new OptionsError(`--database "${database}" is neither postgres nor pglite.`);
  }
  return {
    page: false,
    options: {
      minutes: parseNumber("minutes", values.minutes ?? "1", 0.1, 24 * 60),
      seed: parseWhole("seed", values.seed ?? "1", 0, 2 ** 32 - 1),
      database,
      clients: parseWhole("clients", values.clients ?? "20", 4, 200),
      rate: parseNumber("rate", values.rate ?? "40", 1, 1_000),
      record: values.record === true,
      keep: values.keep === true,
    },
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: args.filter((arg) => arg !== "--"),
      options: {
        minutes: text,
        seed: text,
        database: text,
        clients: text,
        nodes: text,
        rate: text,
        record: flag,
        keep: flag,
        page: flag,
      },
    });
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

function parseWhole(name: string, text: string, least: number, most: number): number {
  const value = parseNumber(name, text, least, most);
  if (!Number.isInteger(value)) throw new OptionsError(`--${name} "${text}" is not a whole number.`);
  return value;
}
