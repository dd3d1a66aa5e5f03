/**
 * All randomness of a run comes from its seed. Each part draws from a stream of its own, so that one more draw in
 * one part does not shift all the others.
 *
 * The generator is sfc32 of C. Doty-Humphrey's PractRand (public domain), seeded with SHA-256 of seed and stream.
 */
import { createHash } from "node:crypto";

export type Random = {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<T>(items: readonly T[]): T;
  /** `count` different ones, or all where there are fewer, in random order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** Waits of a Poisson process: exponentially distributed around `mean`. */
  exponential(mean: number): number;
};

export function createRandom(seed: number, stream: string): Random {
  const digest = createHash("sha256").update(`${seed}/${stream}`).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => digest.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];

  function next(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }

  function integer(least: number, most: number): number {
    return least + Math.floor(next() * (most - least + 1));
  }

  function sample<T>(items: readonly T[], count: number): T[] {
    const rest = [...items];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0)
      taken.push(...rest.splice(integer(0, rest.length - 1), 1));
    return taken;
  }

  return {
    next,
    integer,
    sample,
    chance: (probability) => next() < probability,
    pick(items) {
      if (items.length === 0) throw new RangeError("Nothing to pick from.");
      return items[integer(0, items.length - 1)] as (typeof items)[number];
    },
    exponential: (mean) => -Math.log(1 - next()) * mean,
  };
}
