/**
 * What clients write: a marker that nothing else in the world says, who wrote it, a number that the writer never
 * uses twice, and some more. The checker finds a message by it whatever id the message got.
 */
import type { Random } from "./random.ts";

/** Numbers of one life of a device; the next life starts at the next multiple. */
export const numbersPerLife = 1_000_000;

const words = ["amber", "birch", "copper", "dune", "ember", "fjord", "grove", "heath", "ivory", "jade"];

export function makeText(marker: string, device: string, number: number, random: Random): string {
  // Most are short, a few need a frame of their own.
  const length = random.chance(0.01) ? random.integer(1_000, 3_000) : random.integer(0, 20);
  const filler = Array.from({ length }, () => random.pick(words)).join(" ");
  return `${marker} ${device} ${number} ${filler}`.trimEnd();
}

export function parseText(text: string): { device: string; number: number } | null {
  const [, device, number] = text.split(" ", 3);
  if (device === undefined || number === undefined || !/^\d+$/.test(number)) return null;
  return { device, number: Number(number) };
}
