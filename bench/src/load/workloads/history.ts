/** One person reads a long conversation, page by page, from its end to its beginning. */
import { numberOf } from "../../cast.ts";
import type { Figures } from "../../figures.ts";
import { percentile } from "../../stats.ts";
import { cpuFigures, type Stage, startMeter, userAt } from "../stage.ts";
import { sumUp, Tally } from "../tally.ts";

export type HistoryOptions = { messages: number; pageSize: number; times: number };

export async function runHistory(stage: Stage, options: HistoryOptions): Promise<Figures> {
  const { messages, pageSize, times } = options;
  const [pair] = stage.pairs;
  if (pair === undefined || stage.adapter.openReader === undefined) {
    throw new Error("This target has no conversation to read.");
  }
  const other = userAt(stage, pair.from);
  const reader = await stage.adapter.openReader(userAt(stage, pair.to));
  const pagesMs: number[] = [];

  async function readAll(tally: Tally): Promise<void> {
    let before: string | null = null;
    do {
      const startMs = performance.now();
      const page = await reader.read(other, before, pageSize);
      pagesMs.push(performance.now() - startMs);
      // The newest comes first, so that the numbers count down.
      for (const bytes of page.bytes) tally.arrive(messages - 1 - numberOf(bytes));
      before = page.before;
    } while (before !== null);
  }

  await readAll(new Tally());
  pagesMs.length = 0;
  await stage.window("start");
  const readMeter = startMeter(stage);
  const tallies: Tally[] = [];
  for (let time = 0; time < times; time += 1) {
    const tally = new Tally();
    tally.sent = messages;
    tallies.push(tally);
    await readAll(tally);
  }
  const meter = readMeter();
  await stage.window("end");
  await reader.close();
  return {
    messagesPerSecond: ((messages * times) / meter.elapsedMs) * 1_000,
    allMs: meter.elapsedMs / times,
    p50Ms: percentile(pagesMs, 0.5),
    p99Ms: percentile(pagesMs, 0.99),
    ...cpuFigures(meter, messages * times),
    ...sumUp(tallies),
  };
}
