/** The server is killed and started again, as a supervisor would: how long until every client is live. */
import { setTimeout as delay } from "node:timers/promises";
import { launchFleet } from "../fleet/fleet.ts";
import { describeTimes, type Times } from "../times.ts";
import type { Measure } from "./measure.ts";
import { openStage } from "./stage.ts";

export type RecoveryFigures = {
  clients: number;
  kills: number;
  /** Of each client, from the kill to its own message acknowledged and its partner's received. */
  live: Times;
  /** The last client of each kill. */
  allLive: Times;
};

const processes = 4;
const timeoutMs = 120_000;
/** Longer than a connection has to hold until the next one starts its waits from the beginning. */
const restMs = 11_000;

export const measureRecovery: Measure<RecoveryFigures> = async ({ scale, say }) => {
  const clients = scale(500, 20);
  const kills = scale(12, 2);
  await using stage = await openStage({ members: clients });
  await using fleet = await launchFleet(stage.members, { url: stage.url, processes });
  const all: number[] = [];
  const last: number[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    await delay(restMs);
    let killedMs = 0;
    const times = await fleet.probe(async () => {
      killedMs = Date.now();
      await stage.server.kill();
      await stage.server.start();
    }, timeoutMs);
    const tookMs = times.map((atMs) => atMs - killedMs);
    all.push(...tookMs);
    last.push(Math.max(...tookMs));
    say(`kill ${kill}: all of ${clients} live after ${(Math.max(...tookMs) / 1_000).toFixed(1)} s`);
  }
  return { clients, kills, live: describeTimes(all), allLive: describeTimes(last) };
};
