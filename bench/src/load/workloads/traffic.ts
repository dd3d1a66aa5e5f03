/**
 * Pairs that talk: in each, one keeps `inFlight` messages on their way to the other and sends the next one when one
 * has arrived. With one in flight this is the closed loop, with more the windowed workload.
 */
import { numberedBytes, numberOf, type Pair } from "../../cast.ts";
import type { Figures } from "../../figures.ts";
import { percentile } from "../../stats.ts";
import type { Connection, User } from "../adapter.ts";
import { cpuFigures, type Stage, startMeter, userAt } from "../stage.ts";
import { sumUp, Tally } from "../tally.ts";
import { delay, until } from "../wait.ts";

export type TrafficOptions = { inFlight: number; warmMs: number; measureMs: number };

/** Nothing arrives any more for this long: the rest is lost. */
const silenceMs = 10_000;

export async function runTraffic(stage: Stage, options: TrafficOptions): Promise<Figures> {
  const { inFlight, warmMs, measureMs } = options;
  const latenciesMs: number[] = [];
  let measuring = false;
  let stopped = false;
  let unacknowledged = 0;
  let lastArrivalMs = performance.now();

  async function connectPair(
    pair: Pair,
  ): Promise<{ tally: Tally; start: () => void; close: () => Promise<void> }> {
    const tally = new Tally();
    const sentAtMs = new Map<number, number>();
    const [from, to]: [User, User] = [userAt(stage, pair.from), userAt(stage, pair.to)];
    const receiver = await stage.adapter.connect(to, (bytes) => {
      const number = numberOf(bytes);
      if (!tally.arrive(number)) return;
      lastArrivalMs = performance.now();
      if (measuring) latenciesMs.push(lastArrivalMs - (sentAtMs.get(number) ?? Number.NaN));
      sentAtMs.delete(number);
      if (!stopped) sendNext();
    });
    const sender: Connection = await stage.adapter.connect(from, () => {
      throw new Error("A message came to its own sender.");
    });

    function sendNext(): void {
      const number = tally.sent;
      tally.sent += 1;
      sentAtMs.set(number, performance.now());
      unacknowledged += 1;
      void sender.send(to, numberedBytes(pair, number)).then(() => {
        unacknowledged -= 1;
      });
    }

    return {
      tally,
      start: () => {
        for (let count = 0; count < inFlight; count += 1) sendNext();
      },
      close: async () => {
        await sender.close();
        await receiver.close();
      },
    };
  }

  const talks = await Promise.all(stage.pairs.map(connectPair));
  for (const { start } of talks) start();
  await delay(warmMs);

  await stage.window("start");
  const readMeter = startMeter(stage);
  measuring = true;
  await delay(measureMs);
  measuring = false;
  const meter = readMeter();
  await stage.window("end");

  stopped = true;
  const isOver = () => unacknowledged === 0 && talks.every(({ tally }) => tally.missing === 0);
  await until(() => isOver() || performance.now() - lastArrivalMs > silenceMs);
  await Promise.all(talks.map(({ close }) => close()));

  const messages = latenciesMs.length;
  return {
    messagesPerSecond: (messages / meter.elapsedMs) * 1_000,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    ...cpuFigures(meter, messages),
    ...sumUp(talks.map(({ tally }) => tally)),
    unacknowledged,
  };
}
