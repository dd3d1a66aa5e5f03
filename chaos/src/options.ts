import { parseArgs } from "node:util";
import type { MeasureName } from "./records.ts";

export type Engine = "postgres" | "pglite";

export type Options = {
  minutes: number;
  seed: number;
  database: Engine;
  clients: number;
  nodes: number;
  /** Messages a second, of all clients together. */
  rate: number;
  /** When logs and data of the run stay, and the summary says where. */
  keep: "always" | "violations" | "never";
};

/** `record` appends what was found to the page's data. */
export type Command =
  | { do: "page" }
  | { do: "rig"; options: Options; record: boolean }
  /** `trial`: small and quick, to see that it works. */
  | { do: "measure"; name: MeasureName; trial: boolean; record: boolean };

const measureNames: Record<MeasureName, true> = {
  recovery: true,
  reconnect: true,
  "slow-reader": true,
  "hostile-socket": true,
  "hostile-server": true,
  soak: true,
};

export class OptionsError extends Error {
  override name = "OptionsError";
}

/** @throws OptionsError, in a sentence that names the option */
export function parseOptions(args: readonly string[]): Command {
  const { values } = parse(args);
  if (values.page === true) return { do: "page" };
  const record = values.record === true;
  if (values.measure !== undefined) {
    const trial = values.trial === true;
    if (record && trial)
      throw new OptionsError("--trial says nothing that could be recorded: leave out --record.");
    return { do: "measure", name: parseMeasure(values.measure), trial, record };
  }
  const database = values.database ?? "pglite";
  if (database !== "postgres" && database !== "pglite") {
    throw new OptionsError(`--database "${database}" is neither postgres nor pglite.`);
  }
  const nodes = parseWhole("nodes", values.nodes ?? "1", 1, 8);
  if (nodes > 1 && database === "pglite") {
    throw new OptionsError(`--nodes ${nodes}: several nodes share a PostgreSQL. Add --database postgres.`);
  }
  return {
    do: "rig",
    record,
    options: {
      minutes: parseNumber("minutes", values.minutes ?? "1", 0.1, 24 * 60),
      seed: parseWhole("seed", values.seed ?? "1", 0, 2 ** 32 - 1),
      database,
      clients: parseWhole("clients", values.clients ?? "20", 4, 200),
      nodes,
      rate: parseNumber("rate", values.rate ?? "150", 1, 1_000),
      keep: values.keep === true ? "always" : "violations",
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
        measure: text,
        trial: flag,
      },
    });
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function parseMeasure(name: string): MeasureName {
  if (Object.hasOwn(measureNames, name)) return name as MeasureName;
  throw new OptionsError(`--measure "${name}" is none of ${Object.keys(measureNames).join(", ")}.`);
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
