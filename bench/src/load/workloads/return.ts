/** One of every pair comes back, all at the same moment, and has missed what the other wrote meanwhile. */
import { numberOf, type Pair } from "../../cast.ts";
import type { Figures } from "../../figures.ts";
import type { Connection } from "../adapter.ts";
import { cpuFigures, type Stage, startMeter, userAt } from "../stage.ts";
import { sumUp, Tally } from "../tally.ts";
import { until } from "../wait.ts";

export type ReturnOptions = { missedPerPair: number };

/** Nothing arrives any more for this long: the rest is lost. */
const silenceMs = 15_000;

export async function runReturn(stage: Stage, { missedPerPair }: ReturnOptions): Promise<Figures> {
  const { comeBack } = stage.adapter;
  if (comeBack === undefined) throw new Error("This target keeps nothing for people who come back.");
  const tallies: Tally[] = [];
  let lastArrivalMs = performance.now();
  let missing = missedPerPair * stage.pairs.length;
  let readMeter = startMeter(stage);
  let meter = readMeter();

  const comeBackTo = (pair: Pair): Promise<Connection> => {
    const tally = new Tally();
    tally.sent = missedPerPair;
    tallies.push(tally);
    return comeBack(userAt(stage, pair.to), (bytes) => {
      lastArrivalMs = performance.now();
      if (!tally.arrive(numberOf(bytes))) return;
      missing -= 1;
      if (missing === 0) meter = readMeter();
    });
  };

  await stage.window("start");
  readMeter = startMeter(stage);
  const connections = await Promise.all(stage.pairs.map(comeBackTo));
  await until(() => missing === 0 || performance.now() - lastArrivalMs > silenceMs);
  if (missing > 0) meter = readMeter();
  await stage.window("end");
  await Promise.all(connections.map((connection) => connection.close()));

  const messages = missedPerPair * stage.pairs.length - missing;
  return {
    messagesPerSecond: (messages / meter.elapsedMs) * 1_000,
    allMs: meter.elapsedMs,
    ...cpuFigures(meter, messages),
    ...sumUp(tallies),
  };
}
