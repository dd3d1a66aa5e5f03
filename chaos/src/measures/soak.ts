/**
 * An hour at 200 messages a second: whether the server's heap grows. It is measured each minute after a full garbage
 * collection; the slope is that of the straight line through all points after a warm-up (least squares).
 */
import { setTimeout as delay } from "node:timers/promises";
import { launchFleet } from "../fleet/fleet.ts";
import { describeTimes, type Times } from "../times.ts";
import type { Measure } from "./measure.ts";
import { openStage } from "./stage.ts";

export type SoakFigures = {
  minutes: number;
  clients: number;
  messages: number;
  messagesPerSecond: number;
  warmUpMinutes: number;
  /** Each minute, the first one included. */
  heapMb: number[];
  growthMbPerHour: number;
  rssMb: number;
  latency: Times;
};

const perSecond = 200;
const processes = 3;
const textLength = 40;
const mb = 2 ** 20;

export const measureSoak: Measure<SoakFigures> = async ({ scale, say }) => {
  const minutes = scale(60, 3);
  const warmUpMinutes = scale(10, 1);
  const clients = scale(40, 10);
  await using stage = await openStage({ members: clients, memoryProbe: true });
  await using fleet = await launchFleet(stage.members, { url: stage.url, processes });
  const heapMb: number[] = [];
  const latenciesMs: number[] = [];
  let rssMb = 0;
  const startMs = Date.now();
  fleet.talk(perSecond, textLength);
  for (let minute = 1; minute <= minutes; minute += 1) {
    await delay(startMs + minute * 60_000 - Date.now());
    const { heapUsed, rss } = await stage.server.memory();
    const { valuesMs, pending } = await fleet.latencies();
    heapMb.push(Math.round((heapUsed / mb) * 1_000) / 1_000);
    rssMb = Math.round(rss / mb);
    for (const value of valuesMs) latenciesMs.push(value);
    const { p50Ms, p99Ms } = describeTimes(valuesMs);
    say(
      `minute ${minute}: heap ${heapMb.at(-1) ?? 0} MB, ${valuesMs.length} messages, ${pending} on their way, ` +
        `p50 ${p50Ms} ms, p99 ${p99Ms} ms`,
    );
  }
  fleet.hush();
  const seconds = (Date.now() - startMs) / 1_000;
  const settled = heapMb.slice(warmUpMinutes).map((y, index) => ({ x: index / 60, y }));
  return {
    minutes,
    clients,
    messages: latenciesMs.length,
    messagesPerSecond: Math.round(latenciesMs.length / seconds),
    warmUpMinutes,
    heapMb,
    growthMbPerHour: Math.round(slope(settled) * 1_000) / 1_000,
    rssMb,
    latency: describeTimes(latenciesMs),
  };
};

/** Of the straight line that fits best. */
export function slope(points: readonly { x: number; y: number }[]): number {
  const mean = (pick: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const over = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  const under = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return over / under;
}
