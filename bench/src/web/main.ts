/** `pnpm bench:web`: how fast the built app is in a real browser with a year of history. */
import { loadavg } from "node:os";
import { assertRecordable, describeOrigin } from "../origin.ts";
import { OptionsError } from "../options.ts";
import { align } from "../report/terminal.ts";
import { emptyRounds, listRows, type Measured } from "./figures.ts";
import { measureArrival } from "./figures/arrival.ts";
import { measureFirstLoad } from "./figures/first-load.ts";
import { measureMemory } from "./figures/memory.ts";
import { measureOpening } from "./figures/open.ts";
import { measureScrolling } from "./figures/scroll.ts";
import { measureSearch } from "./figures/search.ts";
import { measureSignIn } from "./figures/sign-in.ts";
import { measureWarmStart } from "./figures/warm-start.ts";
import { type Options, parseOptions } from "./options.ts";
import { writePage } from "./page.ts";
import { loadEverything, onStage, type Stage, waitForIndex } from "./stage.ts";

const startMs = performance.now();

function say(text: string): void {
  process.stdout.write(`${((performance.now() - startMs) / 1_000).toFixed(0).padStart(5)} s  ${text}\n`);
}

async function measure(stage: Stage, options: Options): Promise<Measured> {
  const { only, memoryMinutes } = options;
  const wants = (name: Options["only"][number]) => only.includes(name);
  const measured: Measured = { rounds: emptyRounds(), firstLoad: null, memory: null };
  if (wants("firstLoad")) measured.firstLoad = await measureFirstLoad(stage);
  if (!only.every(isOfEmptyBrowser)) {
    await loadEverything(stage);
    say("all of them are on the device and in its index");
  }
  for (let number = 1; number <= options.rounds; number += 1) {
    await measureRound(stage, options, measured);
    say(`round ${number} of ${options.rounds}`);
  }
  if (wants("memory")) {
    const page = await stage.device.newPage();
    measured.memory = await measureMemory(page, stage, memoryMinutes);
    await page.close();
  }
  return measured;
}

function isOfEmptyBrowser(name: Options["only"][number]): boolean {
  return name === "firstLoad" || name === "signIn";
}

/** All figures in each round, so that a slow minute of the machine is everybody's. */
async function measureRound(
  stage: Stage,
  { only, scrolledMessages }: Options,
  { rounds }: Measured,
): Promise<void> {
  const wants = (name: Options["only"][number]) => only.includes(name);
  if (wants("signIn")) rounds.signIn.push(await measureSignIn(stage));
  if (only.every(isOfEmptyBrowser)) return;
  if (wants("warmStart")) rounds.warmStart.push(await measureWarmStart(stage));
  const page = await stage.device.newPage();
  await page.goto(stage.url);
  // From then on nothing else is being done on this device.
  await waitForIndex(page);
  if (wants("open")) rounds.open.push(await measureOpening(page, stage));
  if (wants("search")) rounds.search.push(await measureSearch(page, stage));
  if (wants("arrival")) rounds.arrival.push(await measureArrival(page, stage));
  if (wants("scroll")) {
    const { longFramesMs, driftsPx } = await measureScrolling(page, stage, scrolledMessages);
    rounds.longFrames.push([longFramesMs.length]);
    rounds.drift.push([Math.max(...driftsPx)]);
  }
  await page.close();
}

try {
  const options = parseOptions(process.argv.slice(2));
  const origin = await describeOrigin();
  if (options.record) assertRecordable(origin);
  const load = loadavg()[0] ?? 0;
  const measured = await onStage(options.size, say, (stage) => measure(stage, options));
  const rows = listRows(measured).map(({ figure, reach, measured: value, reached }) => [
    figure,
    reach,
    value ?? "not measured",
    reached === null ? "" : reached ? "reached" : "not reached",
  ]);
  process.stdout.write(`\n${align([["figure", "reach", "measured", ""], ...rows])}\n`);
  process.stdout.write(`\nLoad of the machine before the run: ${load.toFixed(1)}\n`);
  if (options.record) await writePage({ origin, rounds: options.rounds, size: options.size, measured });
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
