/** What is measured, what it shall reach, and what came out. */
import { summarize, type Summary } from "../stats.ts";
import { type FirstLoad } from "./figures/first-load.ts";
import { growthOf, type Memory } from "./figures/memory.ts";

const timed = ["warmStart", "signIn", "open", "search", "arrival"] as const;
export const chosen = [...timed, "scroll", "firstLoad", "memory"] as const;
export type Choice = (typeof chosen)[number];

type RoundName = (typeof timed)[number] | "longFrames" | "drift";

/** The samples of each round. */
export type Rounds = Record<RoundName, number[][]>;

export type Measured = { rounds: Rounds; firstLoad: FirstLoad | null; memory: Memory | null };

export type Row = {
  figure: string;
  reach: string;
  /** Null where it was not measured. */
  measured: string | null;
  reached: boolean | null;
};

type Unit = "ms" | "px" | "";
type Goal = { name: RoundName; figure: string; atMost: number; unit: Unit };

const goals: readonly Goal[] = [
  {
    name: "warmStart",
    figure: "warm start: navigation → last conversation readable",
    atMost: 1_000,
    unit: "ms",
  },
  {
    name: "signIn",
    figure: "empty browser: password submitted → newest 50 messages readable",
    atMost: 3_000,
    unit: "ms",
  },
  { name: "open", figure: "opening another conversation", atMost: 100, unit: "ms" },
  { name: "search", figure: "key press → first search results", atMost: 100, unit: "ms" },
  { name: "longFrames", figure: "scrolling back: frames over 50 ms", atMost: 0, unit: "" },
  { name: "drift", figure: "scrolling back: how far the row in sight strays", atMost: 1, unit: "px" },
  { name: "arrival", figure: "message arrives → painted", atMost: 50, unit: "ms" },
];

const maxScriptKb = 200;
/** What is kept of a message for good are its words in the index: half a kilobyte. */
const maxGrowthKb = 4 * 1_024;
/** Below this a trend says nothing. */
const minMemoryMinutes = 30;

export function emptyRounds(): Rounds {
  return { warmStart: [], signIn: [], open: [], search: [], arrival: [], longFrames: [], drift: [] };
}

export function listRows({ rounds, firstLoad, memory }: Measured): Row[] {
  const rows = goals.map(({ name, figure, atMost, unit }): Row => {
    const samples = rounds[name];
    const summary = samples.length === 0 ? null : summarizeRounds(samples);
    return {
      figure,
      reach: atMost === 0 ? "none" : `≤ ${format(atMost, unit)}`,
      measured: summary && formatSummary(summary, unit),
      reached: summary && summary.median <= atMost,
    };
  });
  return [...rows, firstLoadRow(firstLoad), memoryRow(memory)];
}

/** The median of the rounds' medians, and the least and greatest of all samples. */
function summarizeRounds(rounds: number[][]): Summary {
  const { min, max } = summarize(rounds.flat());
  return { median: summarize(rounds.map((samples) => summarize(samples).median)).median, min, max };
}

function firstLoadRow(firstLoad: FirstLoad | null): Row {
  const kb = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`;
  return {
    figure: "first load, compressed script",
    reach: `≤ ${maxScriptKb} kB`,
    measured: firstLoad && `${kb(firstLoad.gzipBytes)} gzip, ${kb(firstLoad.brotliBytes)} brotli`,
    reached: firstLoad && firstLoad.gzipBytes <= maxScriptKb * 1_000,
  };
}

function memoryRow(memory: Memory | null): Row {
  const growth = memory && growthOf(memory) / 1_024;
  const last = memory?.samples.at(-1);
  return {
    figure: "memory under 2 messages a second, page and worker",
    reach: `flat: ≤ ${maxGrowthKb / 1_024} MB in an hour`,
    measured:
      memory &&
      `${(((last?.pageKb ?? 0) + (last?.workerKb ?? 0)) / 1_024).toFixed(1)} MB after ${memory.minutes} min, ${growth?.toFixed(1)} MB an hour`,
    reached:
      memory === null || growth === null || memory.minutes < minMemoryMinutes
        ? null
        : growth * 1_024 <= maxGrowthKb,
  };
}

function formatSummary({ median, min, max }: Summary, unit: Unit): string {
  const spread = min === max ? "" : ` (${format(min, unit)} to ${format(max, unit)})`;
  return format(median, unit) + spread;
}

function format(value: number, unit: Unit): string {
  const digits = value < 10 && !Number.isInteger(value) ? 1 : 0;
  const text = value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
  return unit === "" ? text : `${text} ${unit}`;
}
