/** What a workload gets: the cast with their tokens, a way to connect them, and a clock for the machine. */
import type { Pair } from "../cast.ts";
import type { Figures } from "../figures.ts";
import { cpuMsOf, cpuMsOfFamily } from "../proc.ts";
import type { Adapter, User } from "./adapter.ts";

export type Pids = { servers: number[]; postgres: number | null; nats: number | null };

export type Edge = "start" | "end";

export type Stage = {
  adapter: Adapter;
  users: User[];
  pairs: Pair[];
  pids: Pids;
  /** Tells the parent, which may want to look into the server during the window; resolves when it has answered. */
  window: (edge: Edge) => Promise<void>;
  /** Asks the server to collect its garbage. */
  collectGarbage: () => Promise<void>;
};

export function userAt(stage: Stage, index: number): User {
  const user = stage.users[index];
  if (user === undefined) throw new Error(`The cast has no person ${index}.`);
  return user;
}

/** From a call of this to a call of what it gives: processor time of everyone who takes part. */
export function startMeter({ pids }: Stage): () => { elapsedMs: number; cpuMs: Cpu } {
  const read = (): Cpu => {
    const own = process.cpuUsage();
    return {
      server: pids.servers.reduce((sum, pid) => sum + cpuMsOf(pid), 0),
      load: (own.user + own.system) / 1_000,
      postgres: pids.postgres === null ? 0 : cpuMsOfFamily(pids.postgres),
      nats: pids.nats === null ? 0 : cpuMsOf(pids.nats),
    };
  };
  const before = read();
  const startMs = performance.now();
  return () => {
    const elapsedMs = performance.now() - startMs;
    const after = read();
    return {
      elapsedMs,
      cpuMs: {
        server: after.server - before.server,
        load: after.load - before.load,
        postgres: after.postgres - before.postgres,
        nats: after.nats - before.nats,
      },
    };
  };
}

/** In milliseconds; all nodes of a server together. */
type Cpu = { server: number; load: number; postgres: number; nats: number };

/** Processor time for each message, and how much of one processor each of them kept busy. */
export function cpuFigures(
  { elapsedMs, cpuMs }: { elapsedMs: number; cpuMs: Cpu },
  messages: number,
): Figures {
  const perMessage = (ms: number) => (messages === 0 ? 0 : (ms * 1_000) / messages);
  const busy = (ms: number) => ms / elapsedMs;
  return {
    serverCpuUs: perMessage(cpuMs.server),
    loadCpuUs: perMessage(cpuMs.load),
    postgresCpuUs: perMessage(cpuMs.postgres),
    natsCpuUs: perMessage(cpuMs.nats),
    serverBusy: busy(cpuMs.server),
    loadBusy: busy(cpuMs.load),
    postgresBusy: busy(cpuMs.postgres),
  };
}
