/** What a sealed message costs, and which package takes it. */
import type { Report } from "../results.ts";
import type { SealingPart } from "../sealing-profile.ts";
import { summarize } from "../stats.ts";
import { table } from "./table.ts";

/** Less than this is noise of the profiler. */
const leastUs = 0.1;

export function shownParts(parts: readonly SealingPart[]): SealingPart[] {
  return parts.filter(({ sealUs, openUs }) => Math.max(sealUs, openUs) >= leastUs);
}

/** In Markdown: the table of packages beside what the raw box takes. Nothing where it was not measured. */
export function sealingParts({ sealing, sealingParts: parts = [] }: Report): string[] {
  const raw = sealing.find(({ name }) => name === "tweetnacl");
  if (parts.length === 0 || raw === undefined) return [];
  const box = {
    name: "all of box.after",
    sealUs: summarize(raw.sealUs).median,
    openUs: summarize(raw.openUs).median,
  };
  return [
    `Where the time of our envelope goes, by V8's profiler, without what a package calls in another. tweetnacl is the box,
over what padding makes of the message and its fields; @noble/hashes binds it to its place, a SHA-512 that the box alone
does not have; V8 and Node draw the nonce, which the box alone is given, and copy.`,
    table(
      ["", "seal, µs", "open, µs"],
      [...shownParts(parts), box].map(({ name, sealUs, openUs }) => [
        name,
        sealUs.toFixed(1),
        openUs.toFixed(1),
      ]),
    ),
  ];
}
