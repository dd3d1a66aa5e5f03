import type { Random } from "@sotto/chaos/random";
import { Buffer } from "node:buffer";

export function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = random.integer(0, 255);
  return bytes;
}

/** A whole number that is more often small than large. */
export function randomLength(random: Random, most: number): number {
  return Math.min(most, Math.floor((most + 1) ** random.next()) - 1);
}

type Mutation = (random: Random, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const awkwardNumbers = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const flipBit: Mutation = (random, bytes) => {
  const at = random.integer(0, bytes.length - 1);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 7));
  return bytes;
};

const setByte: Mutation = (random, bytes) => {
  bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
  return bytes;
};

const truncate: Mutation = (random, bytes) => bytes.slice(0, random.integer(0, bytes.length - 1));

const extend: Mutation = (random, bytes) => {
  const length = randomLength(random, 600) + 1;
  return concat(bytes, random.chance(0.5) ? new Uint8Array(length) : randomBytes(random, length));
};

const splice: Mutation = (random, bytes, other) => {
  const at = random.integer(0, Math.min(bytes.length, other.length));
  return concat(bytes.subarray(0, at), other.subarray(at));
};

const removeRange: Mutation = (random, bytes) => {
  const [from, to] = range(random, bytes.length);
  return concat(bytes.subarray(0, from), bytes.subarray(to));
};

const repeatRange: Mutation = (random, bytes) => {
  const [from, to] = range(random, bytes.length);
  return concat(bytes.subarray(0, to), bytes.subarray(from));
};

const copyRange: Mutation = (random, bytes) => {
  const [from, to] = range(random, bytes.length);
  bytes.copyWithin(random.integer(0, bytes.length - 1), from, to);
  return bytes;
};

const fillRange: Mutation = (random, bytes) => {
  const [from, to] = range(random, bytes.length);
  return bytes.fill(random.pick([0, 0xff, random.integer(0, 255)]), from, to);
};

/** As a length field would stand there: of two or four bytes, in either order. */
const writeNumber: Mutation = (random, bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = random.chance(0.5) ? random.pick(awkwardNumbers) : random.integer(0, bytes.length * 2);
  const size = random.pick([2, 4]);
  if (bytes.length < size) return bytes;
  const at = random.integer(0, bytes.length - size);
  if (size === 2) view.setUint16(at, value & 0xffff, random.chance(0.5));
  else view.setUint32(at, value, random.chance(0.5));
  return bytes;
};

const mutations: readonly Mutation[] = [
  flipBit,
  flipBit,
  flipBit,
  setByte,
  truncate,
  extend,
  splice,
  removeRange,
  repeatRange,
  copyRange,
  fillRange,
  writeNumber,
];

/** A copy with one to three things wrong; never the same bytes. `other` is another well-formed one, to splice with. */
export function mutateBytes(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
  let mutant: Uint8Array = bytes.slice();
  const rounds = random.chance(0.7) ? 1 : random.integer(2, 3);
  for (let round = 0; round < rounds && mutant.length > 0; round += 1) {
    mutant = random.pick(mutations)(random, mutant, other);
  }
  if (Buffer.compare(mutant, bytes) !== 0) return mutant;
  return bytes.length === 0 ? randomBytes(random, 1) : flipBit(random, mutant, other);
}

function range(random: Random, length: number): [number, number] {
  const from = random.integer(0, length - 1);
  return [from, Math.min(length, from + 1 + randomLength(random, length))];
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
