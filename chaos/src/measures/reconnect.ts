/**
 * Two thousand clients lose the server and come back at once: what it answers with an error. Once it is stopped with
 * SIGTERM, as for an update, and once it is killed.
 */
import { launchFleet } from "../fleet/fleet.ts";
import type { Measure } from "./measure.ts";
import { openStage, type Stage } from "./stage.ts";

export type ReconnectFigures = {
  clients: number;
  restarts: number;
  /** HTTP answers of 500 and more, refused upgrades, failed calls in the server's log. */
  errorAnswers: number;
  /** Until the last client was live again, of each restart. */
  allLiveMs: number[];
};

const processes = 6;
const timeoutMs = 180_000;
const stopTimeoutMs = 30_000;

export const measureReconnect: Measure<ReconnectFigures> = async ({ scale, say }) => {
  const clients = scale(2_000, 40);
  await using stage = await openStage({ members: clients });
  say(`connecting ${clients} clients`);
  await using fleet = await launchFleet(stage.members, { url: stage.url, processes });
  const strikes = {
    SIGTERM: async () => {
      await stage.server.stop(stopTimeoutMs);
      await stage.server.start();
    },
    "kill -9": async () => {
      await stage.server.kill();
      await stage.server.start();
    },
  };
  let errorAnswers = 0;
  const allLiveMs: number[] = [];
  for (const [name, strike] of Object.entries(strikes)) {
    const before = fleet.refused.length;
    const fromMs = Date.now();
    const times = await fleet.probe(strike, timeoutMs);
    allLiveMs.push(Math.max(...times) - fromMs);
    // What is refused on the way down is not of this life of the server: the clients saw it.
    const seen = fleet.refused.slice(before).filter((answer) => answer.startsWith("5")).length;
    const counted = await countErrors(stage);
    errorAnswers += Math.max(seen, counted.http) + counted.upgrades;
    say(
      `${name}: all back after ${((allLiveMs.at(-1) ?? 0) / 1_000).toFixed(1)} s, ` +
        `${Math.max(seen, counted.http)} answers of 500 and more, ${counted.upgrades} upgrades refused`,
    );
  }
  const logged = await stage.errors();
  for (const line of logged.slice(0, 5)) say(line.slice(0, 300));
  return { clients, restarts: 2, errorAnswers: errorAnswers + logged.length, allLiveMs };
};

async function countErrors(stage: Stage): Promise<{ http: number; upgrades: number }> {
  return {
    http: await stage.count("sotto_http_requests_total", /status="5xx"/),
    upgrades: await stage.count("sotto_upgrades_refused_total"),
  };
}
