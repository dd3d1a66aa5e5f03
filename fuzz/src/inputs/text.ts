import type { Random } from "@sotto/chaos/random";
import { randomLength } from "./bytes.ts";

/** Characters on which readers of text have stumbled before: control, space, look-alikes, halves of pairs, wide ones. */
const awkward = [
  ...Array.from("\0\t\n\r \u00a0\u200b\u2028\ufeff=-_+/%.,;:'\"\\<>&#?@~`|{}[]()*"),
  ...Array.from("0O1Il\u0131\u212a\u0130\uff21\uff10\u0660\u00e9\u00df\ufb01"),
  "\ud800",
  "\udc00",
  "\u{1f600}",
  "e\u0301",
  "\x1b[31m",
  "\u202e",
  "%00",
  "../",
];

type Mutation = (random: Random, text: string, other: string) => string;

const at = (random: Random, text: string) => random.integer(0, text.length);

const mutations: readonly Mutation[] = [
  (random, text) => insert(text, at(random, text), randomText(random, 1)),
  (random, text) => insert(text, at(random, text), random.pick(awkward)),
  (random, text) => text.slice(0, at(random, text)),
  (random, text) => text.slice(at(random, text)),
  (random, text) => text + random.pick(["=", "==", "===", "A", " ", "\n", "\0", text]),
  (random, text) => random.pick([" ", "\n", "\ufeff", "="]) + text,
  (random, text) => replaceAt(text, at(random, text), random.pick(awkward)),
  (random, text) => replaceAt(text, at(random, text), randomText(random, 1)),
  (random, text) => replaceAt(text, at(random, text), ""),
  (random, text) => {
    const place = at(random, text);
    return text.slice(0, place) + (text[place + 1] ?? "") + (text[place] ?? "") + text.slice(place + 2);
  },
  (random, text, other) => text.slice(0, at(random, text)) + other.slice(at(random, other)),
  (_, text) => text.toLowerCase(),
  (_, text) => text.toUpperCase(),
  (_, text) => text.replaceAll("+", "-").replaceAll("/", "_"),
  (_, text) => text.replaceAll("-", "+").replaceAll("_", "/"),
  (_, text) => text.replace(/=+$/, ""),
  (_, text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "")),
  (_, text) => Buffer.from(text).toString("base64"),
  (_, text) => Array.from(text).toReversed().join(""),
  (_, text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  (random, text) => text.replace(/.{4}/g, `$&${random.pick([" ", "-", "\n"])}`),
];

/** One to three things wrong. May be the same text: not everything changes everything. */
export function mutateText(random: Random, text: string, other: string): string {
  let mutant = text;
  const rounds = random.chance(0.7) ? 1 : random.integer(2, 3);
  for (let round = 0; round < rounds; round += 1) mutant = random.pick(mutations)(random, mutant, other);
  return mutant;
}

/** `length` UTF-16 code units: mostly of ASCII, else any. */
function randomText(random: Random, length: number): string {
  let text = "";
  while (text.length < length) {
    const code = random.chance(0.8) ? random.integer(0x20, 0x7e) : random.integer(0, 0xffff);
    text += String.fromCharCode(code);
  }
  return text;
}

export function anyText(random: Random): string {
  return random.chance(0.3) ? random.pick(awkward) : randomText(random, randomLength(random, 200));
}

/** Only characters of the alphabet. */
export function textOf(random: Random, alphabet: string, length: number): string {
  let text = "";
  for (let count = 0; count < length; count += 1) text += alphabet[random.integer(0, alphabet.length - 1)];
  return text;
}

function insert(text: string, place: number, piece: string): string {
  return text.slice(0, place) + piece + text.slice(place);
}

function replaceAt(text: string, place: number, piece: string): string {
  return text.slice(0, place) + piece + text.slice(place + 1);
}
