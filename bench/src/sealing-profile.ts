/** Where the time of sealing goes: V8's profiler, while one envelope after the other is sealed, and then opened. */
import { Session } from "node:inspector/promises";
import { type CpuProfile, packagesOf, type Share } from "./profile.ts";
import { createOwnEnvelope, type SealingRow } from "./sealing.ts";
import { summarize } from "./stats.ts";

/** What one package takes of the time of an envelope. */
export type SealingPart = { name: string; sealUs: number; openUs: number };

const samplingUs = 200;
const warmUpCalls = 2_000;
const calls = 20_000;

/** Shares are from a run of their own, which the profiler slows down; the times are those of `row`. */
export async function profileSealing(row: SealingRow): Promise<SealingPart[]> {
  const { seal, open } = createOwnEnvelope();
  const sealing = await watch(() => seal());
  const opening = await watch(() => open());
  const [sealUs, openUs] = [summarize(row.sealUs).median, summarize(row.openUs).median];
  const shareIn = (shares: Share[], name: string) => shares.find((each) => each.name === name)?.share ?? 0;
  return [...new Set([...sealing, ...opening].map(({ name }) => name))]
    .map((name) => ({
      name,
      sealUs: shareIn(sealing, name) * sealUs,
      openUs: shareIn(opening, name) * openUs,
    }))
    .sort((a, b) => b.sealUs - a.sealUs);
}

async function watch(work: () => unknown): Promise<Share[]> {
  for (let call = 0; call < warmUpCalls; call += 1) work();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: samplingUs });
  await session.post("Profiler.start");
  for (let call = 0; call < calls; call += 1) work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return packagesOf(profile as CpuProfile);
}
