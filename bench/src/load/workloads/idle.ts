/** People who are connected, subscribed and silent: how long it takes until they are, and what each of them weighs. */
import type { Figures } from "../../figures.ts";
import { residentBytesOf } from "../../proc.ts";
import type { Connection, User } from "../adapter.ts";
import { cpuFigures, type Stage, startMeter } from "../stage.ts";
import { inParallel } from "../../in-parallel.ts";
import { delay } from "../wait.ts";

export type IdleOptions = { warmUp: number; atOnce: number; restMs: number };

export async function runIdle(stage: Stage, { warmUp, atOnce, restMs }: IdleOptions): Promise<Figures> {
  let stray = 0;
  const connect = (user: User) =>
    stage.adapter.connect(user, () => {
      stray += 1;
    });
  const residentBytes = async () => {
    // What is only waiting for the collector is no part of a connection.
    await delay(restMs);
    await stage.collectGarbage();
    await delay(restMs);
    return stage.pids.servers.reduce((sum, pid) => sum + residentBytesOf(pid), 0);
  };

  // Code that has run and pools that have grown are no part of a connection either.
  const first: Connection[] = [];
  await inParallel(
    atOnce,
    stage.users.slice(0, warmUp),
    async (user) => void first.push(await connect(user)),
  );
  await Promise.all(first.map((connection) => connection.close()));
  const emptyBytes = await residentBytes();

  const readMeter = startMeter(stage);
  const connections: Connection[] = [];
  await inParallel(atOnce, stage.users, async (user) => void connections.push(await connect(user)));
  const meter = readMeter();
  const fullBytes = await residentBytes();
  await Promise.all(connections.map((connection) => connection.close()));
  return {
    kibPerConnection: (fullBytes - emptyBytes) / 1024 / connections.length,
    connectMs: meter.elapsedMs,
    connectionsPerSecond: (connections.length / meter.elapsedMs) * 1_000,
    ...cpuFigures(meter, connections.length),
    lost: 0,
    doubled: stray,
    reordered: 0,
  };
}
