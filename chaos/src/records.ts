/** The lines of `docs/reliability/results.jsonl`. */
import type { HostileServerFigures } from "./measures/hostile-server.ts";
import type { HostileSocketFigures } from "./measures/hostile-socket.ts";
import type { ReconnectFigures } from "./measures/reconnect.ts";
import type { RecoveryFigures } from "./measures/recovery.ts";
import type { SlowReaderFigures } from "./measures/slow-reader.ts";
import type { SoakFigures } from "./measures/soak.ts";
import type { Engine } from "./options.ts";
import type { Times } from "./times.ts";

/** When, on what and where. */
export type Origin = {
  date: string;
  /** With a plus sign where the sources were changed. */
  commit: string;
  machine: { cores: number; memoryGb: number; node: string };
};

/** One run of the rig. */
export type RunRecord = Origin & {
  kind: "chaos";
  database: Engine;
  seed: number;
  minutes: number;
  clients: number;
  nodes?: number;
  acknowledged: number;
  stored: number;
  announced: number;
  faults: Record<string, number>;
  brokenConnections: number;
  lost: number;
  doubled: number;
  outOfOrder: number;
  otherViolations: number;
  afterServerKill: Times | null;
  afterDeadConnection: Times | null;
  leftOut: string[];
};

/** Written by the fuzzer. */
type FuzzFigures = { inputs: number; accepted: number; untyped: number };

/** What each measure finds, by its name on the command line. */
export type Figures = {
  recovery: RecoveryFigures;
  reconnect: ReconnectFigures;
  "slow-reader": SlowReaderFigures;
  "hostile-socket": HostileSocketFigures;
  "hostile-server": HostileServerFigures;
  soak: SoakFigures;
};

export type MeasureName = keyof Figures;

type FiguresRecord = { [Kind in MeasureName]: Origin & { kind: Kind } & Figures[Kind] }[MeasureName];

export type ResultRecord = RunRecord | FiguresRecord | (Origin & { kind: "fuzz" } & FuzzFigures);

export type RecordOf<Kind extends ResultRecord["kind"]> = Extract<ResultRecord, { kind: Kind }>;

/** Those of one kind, in the order in which they were recorded. */
export function recordsOf<Kind extends ResultRecord["kind"]>(
  records: readonly ResultRecord[],
  kind: Kind,
): RecordOf<Kind>[] {
  return records.filter((record): record is RecordOf<Kind> => record.kind === kind);
}
