import { parseArgs } from "node:util";
import type { Size } from "./plan.ts";
import { targets, type WorkloadName, workloadNames } from "./targets.ts";

export class OptionsError extends Error {
  override name = "OptionsError";
}

export type Options = {
  size: Size;
  rounds: number;
  targets: string[];
  workloads: WorkloadName[];
  /** Unless the run was narrowed down to something else. */
  sealing: boolean;
  /** Into `docs/performance.md`. */
  record: boolean;
  /** Makes that page anew from what was recorded, and measures nothing. */
  page: boolean;
  /** Profiles this target instead of comparing. */
  profile: string | null;
};

const targetNames: string[] = targets.map(({ name }) => name);

const fullRounds = 5;

const usage = `pnpm bench [options]
  --quick               one short round, for a first look
  --rounds <n>          5 unless given
  --targets <a,b>       of ${targetNames.join(", ")}
  --workloads <A,B>     of ${workloadNames.join(", ")}
  --record              a whole run, into docs/performance.md
  --page                makes that page anew from the last record
  --profile <target>    where the server's time goes, in each workload asked for
`;

/** @throws OptionsError */
export function parseOptions(args: string[]): Options {
  const { values } = read(args);
  const quick = values.quick ?? false;
  const whole = !quick && values.targets === undefined && values.workloads === undefined;
  const record = values.record ?? false;
  if (record && !whole) {
    throw new OptionsError("--record takes a whole run: leave --quick, --targets and --workloads away.");
  }
  const rounds = values.rounds === undefined ? (quick ? 1 : fullRounds) : parseRounds(values.rounds);
  if (record && rounds < fullRounds) {
    throw new OptionsError(`--record takes at least ${fullRounds} rounds.`);
  }
  return {
    size: quick ? "quick" : "full",
    rounds,
    targets: choose("--targets", values.targets, targetNames),
    workloads: choose("--workloads", values.workloads, workloadNames),
    sealing: values.targets === undefined && values.workloads === undefined,
    record,
    page: values.page ?? false,
    profile:
      values.profile === undefined ? null : (choose("--profile", values.profile, targetNames)[0] ?? null),
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: "boolean" },
        rounds: { type: "string" },
        targets: { type: "string" },
        workloads: { type: "string" },
        record: { type: "boolean" },
        page: { type: "boolean" },
        profile: { type: "string" },
      },
    });
  } catch (error) {
    throw new OptionsError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function parseRounds(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1) throw new OptionsError("--rounds is a whole number from 1.");
  return rounds;
}

function choose<T extends string>(option: string, text: string | undefined, known: readonly T[]): T[] {
  if (text === undefined) return [...known];
  return text.split(",").map((name) => {
    const found = known.find((each) => each === name);
    if (found === undefined) throw new OptionsError(`${option}: ${name} is none of ${known.join(", ")}.`);
    return found;
  });
}
