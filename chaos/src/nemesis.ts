/** Does to the system what the plan says, at the time it says, and puts everything right again afterwards. */
import { setTimeout as delay } from "node:timers/promises";
import type { Report } from "./checks/violation.ts";
import type { Crew } from "./crew.ts";
import type { SmallDisk } from "./disk.ts";
import type { Nodes } from "./nodes.ts";
import type { Fault, Step } from "./plan.ts";
import type { ChaosPostgres } from "./postgres.ts";
import type { Lane } from "./proxy.ts";

export type World = {
  nodes: Nodes;
  postgres: ChaosPostgres | null;
  disk: SmallDisk | null;
  crew: Crew;
  lanes: ReadonlyMap<string, Lane>;
  report: Report;
};

/** A server that is asked to stop drains its sockets and ends within this time, whatever else is going on. */
export const stopTimeoutMs = 30_000;

/** One fault as it really happened; times are this machine's clock. */
export type Deed = { fault: Fault; fromMs: number; toMs: number };

/** Runs the whole plan; resolves when the last fault is over and everything runs again. */
export async function unleash(
  world: World,
  plan: readonly Step[],
  say: (text: string) => void,
): Promise<Deed[]> {
  const deeds: Deed[] = [];
  const startMs = Date.now();
  /** What can be done to only one at a time: a step that finds it busy is left out. */
  const busy = new Set<string>();

  async function exclusively(name: string, task: () => Promise<void>): Promise<boolean> {
    if (busy.has(name)) return false;
    busy.add(name);
    try {
      await task();
    } finally {
      busy.delete(name);
    }
    return true;
  }

  async function take(fault: Fault): Promise<void> {
    const fromMs = Date.now();
    if (await commit(world, fault, exclusively)) {
      deeds.push({ fault, fromMs, toMs: Date.now() });
      say(describeFault(fault));
    }
  }

  const running: Promise<void>[] = [];
  for (const { atMs, fault } of plan) {
    await delay(Math.max(0, startMs + atMs - Date.now()));
    running.push(take(fault));
  }
  await Promise.all(running);
  return deeds.sort((a, b) => a.fromMs - b.fromMs);
}

/** False where it could not be done now. */
async function commit(
  { nodes, postgres, disk, crew, lanes, report }: World,
  fault: Fault,
  exclusively: (name: string, task: () => Promise<void>) => Promise<boolean>,
): Promise<boolean> {
  switch (fault.kind) {
    case "kill-server":
      return exclusively(`server ${fault.node}`, async () => {
        const server = nodes.all[fault.node];
        await server?.kill();
        await delay(fault.downMs);
        await server?.start();
      });
    case "stop-server": {
      const server = nodes.all[fault.node];
      // One that has not come up yet has nothing to drain.
      if (server?.isUp !== true) return false;
      return exclusively(`server ${fault.node}`, async () => {
        if ((await server.stop(stopTimeoutMs)) === null)
          report("stop-failed", "asked to stop among other faults, the server ran on for 30 s");
        await delay(fault.downMs);
        await server.start();
      });
    }
    case "kill-nats":
      if (nodes.nats === null) return false;
      return exclusively("nats", async () => {
        await nodes.nats?.kill();
        await delay(fault.downMs);
        await nodes.nats?.start();
      });
    case "restart-postgres":
      if (postgres === null) return false;
      return exclusively("database", async () => {
        await postgres.stop(fault.how);
        await delay(fault.downMs);
        await postgres.start();
      });
    case "pause-postgres":
      if (postgres === null) return false;
      return exclusively("database", async () => {
        const resume = await postgres.pause();
        await delay(fault.forMs);
        resume();
      });
    case "network":
      await Promise.all(
        fault.devices.flatMap((device) => lanes.get(device)?.inject(fault.how, fault.forMs) ?? []),
      );
      return true;
    case "kill-clients":
      return exclusively(`host ${fault.host}`, async () => {
        const start = await crew.kill(fault.host);
        await delay(fault.downMs);
        await start?.();
      });
    case "freeze-clients":
      return exclusively(`host ${fault.host}`, async () => {
        const resume = crew.freeze(fault.host);
        await delay(fault.forMs);
        resume();
      });
    case "end-session":
      crew.endSession(fault.device, fault.how);
      return true;
    case "skew-clock":
      crew.skew(fault.host, fault.skewMs);
      return true;
    case "fill-disk":
      if (disk === null) return false;
      return exclusively("database", async () => {
        await disk.fill();
        await delay(fault.forMs);
        await disk.free();
        // A PostgreSQL that could not write its log has ended.
        await postgres?.start();
      });
  }
}

function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "network":
      return `${fault.how} ${fault.devices.join(" ")}`;
    case "restart-postgres":
      return `${fault.kind} ${fault.how}`;
    case "end-session":
      return `${fault.how} ${fault.device}`;
    default:
      return fault.kind;
  }
}
