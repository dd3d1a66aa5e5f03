import { canonicalUsername } from "@sotto/protocol";
import type { Pin, Pins } from "./records.ts";

/** Key pins, trust on first use: pure functions over what the account data carries. Keys and times only ever come in. */

type Described = { id: string; username: string; publicKey: string };
type Key = { id: string; publicKey: string };

/**
 * Notes a person as the server describes them. The same object comes back where nothing is new. Names are never given
 * anew, so a known name under a new id is the known person with a changed key.
 */
export function observe(pins: Pins, person: Described, nowMs: number): Pins {
  const { id, username, publicKey } = person;
  const pin = pins[id];
  if (pin === undefined) return { ...pins, [id]: firstPin(pins, person, nowMs) };
  if (pin.username === username && pin.keys.includes(publicKey)) return pins;
  return { ...pins, [id]: timed({ ...pin, username, keys: union(pin.keys, [publicKey]) }, nowMs) };
}

function firstPin(pins: Pins, { username, publicKey }: Described, nowMs: number): Pin {
  const name = canonicalUsername(username);
  const namesake = Object.values(pins).find((pin) => canonicalUsername(pin.username) === name);
  if (namesake !== undefined)
    return timed({ ...namesake, username, keys: union(namesake.keys, [publicKey]) }, nowMs);
  return { username, keys: [publicKey], verified: false, verifiedAt: 0, seen: {}, accepted: {} };
}

/** Gives each key beside the pinned one the time at which it was first noticed, where none is known. */
export function withTimes(pins: Pins, nowMs: number): Pins {
  // Beside a verified key, what has no time was there before it was verified: no change to be told of.
  const entries = Object.entries(pins).map(
    ([id, pin]) => [id, timed(pin, pin.verified ? 0 : nowMs)] as const,
  );
  return entries.every(([id, pin]) => pins[id] === pin) ? pins : Object.fromEntries(entries);
}

function timed(pin: Pin, nowMs: number): Pin {
  const untimed = pin.keys.slice(1).filter((key) => pin.seen[key] === undefined);
  if (untimed.length === 0) return pin;
  return { ...pin, seen: { ...pin.seen, ...Object.fromEntries(untimed.map((key) => [key, nowMs])) } };
}

/** When this person's key was first seen to be another, in ms, the oldest first. */
export function keyChangeTimes(pins: Pins, userId: string): number[] {
  return Object.values(pins[userId]?.seen ?? {})
    .filter((at) => at > 0)
    .sort((a, b) => a - b);
}

/**
 * True where another key than the one of first contact was ever seen, even if the first is back, until the person has
 * verified or accepted the key that there is. Unknown people: no.
 */
export function isKeyChanged(pins: Pins, { id, publicKey }: Key): boolean {
  const pin = pins[id];
  if (pin === undefined || isVerified(pins, { id, publicKey })) return false;
  const acceptedAt = isAccepted(pin, publicKey) ? pin.accepted[publicKey] : undefined;
  if (acceptedAt !== undefined) return Object.values(pin.seen).some((at) => at > acceptedAt);
  return pin.keys[0] !== publicKey || pin.keys.length > 1;
}

/** Whether the person compared this very key. */
export function isVerified(pins: Pins, { id, publicKey }: Key): boolean {
  const pin = pins[id];
  return pin !== undefined && pin.verified && pin.keys[0] === publicKey;
}

/**
 * Whether nothing may be sealed for this key, because the person compared another one and found that right, and has not
 * accepted this one since.
 */
export function isKeyRefused(pins: Pins, { id, publicKey }: Key): boolean {
  const pin = pins[id];
  return pin !== undefined && pin.verified && pin.keys[0] !== publicKey && !isAccepted(pin, publicKey);
}

/** What was verified later than that stands over it. */
function isAccepted(pin: Pin, key: string): boolean {
  return (pin.accepted[key] ?? Number.NEGATIVE_INFINITY) > pin.verifiedAt;
}

/**
 * Keys under which messages of a person may open: all that were ever seen, or the one that was verified and those that
 * were accepted since.
 */
export function openingKeys(pins: Pins, userId: string): string[] {
  const pin = pins[userId];
  if (pin === undefined) return [];
  return pin.verified ? pin.keys.filter((key, index) => index === 0 || isAccepted(pin, key)) : pin.keys;
}

/** A person says that the key they compared is the right one: it becomes the pinned one. False takes that back. */
export function withVerified(pins: Pins, { id, publicKey }: Key, verified: boolean, nowMs: number): Pins {
  const pin = pins[id];
  if (pin === undefined) return pins;
  const verifiedAt = Math.max(nowMs, ...Object.values(pin.accepted), pin.verifiedAt + 1);
  const keys = verified ? union([publicKey], pin.keys) : pin.keys;
  // What was pinned until now is from the first contact, or was verified itself.
  const seen = Object.fromEntries(keys.slice(1).map((key) => [key, pin.seen[key] ?? 0]));
  return { ...pins, [id]: { ...pin, keys, verified, verifiedAt, seen: { ...pin.seen, ...seen } } };
}

/** A person decides to write to this key without comparing it. It counts for no other one. */
export function withAccepted(pins: Pins, { id, publicKey }: Key, nowMs: number): Pins {
  const pin = pins[id];
  if (pin === undefined) return pins;
  const at = Math.max(nowMs, pin.verifiedAt + 1, ...Object.values(pin.seen));
  const keys = union(pin.keys, [publicKey]);
  return { ...pins, [id]: timed({ ...pin, keys, accepted: { ...pin.accepted, [publicKey]: at } }, at) };
}

/** Older words of the person, that are not to count any more: what was seen stays. */
export function withoutDecisions(pins: Pins): Pins {
  return Object.fromEntries(
    Object.entries(pins).map(([id, pin]) => [id, { ...pin, verified: false, verifiedAt: 0, accepted: {} }]),
  );
}

/**
 * Two devices' pins as one: the union of all keys, each with the earliest time at which it was seen, and the later word
 * on what was verified and accepted. `base` was on the server first, so where both met a person for the first time its
 * key is the pinned one, and the other shows as changed.
 */
export function mergePins(base: Pins, other: Pins): Pins {
  const merged: Pins = { ...base };
  for (const [id, pin] of Object.entries(other)) {
    const known = merged[id];
    merged[id] = known === undefined ? pin : mergePin(known, pin);
  }
  return merged;
}

function mergePin(base: Pin, other: Pin): Pin {
  const [later, earlier] = other.verifiedAt > base.verifiedAt ? [other, base] : [base, other];
  const { verified, verifiedAt } = later;
  return {
    username: base.username,
    keys: union(later.keys, earlier.keys),
    verified,
    verifiedAt,
    seen: mergeTimes(base.seen, other.seen, Math.min),
    accepted: mergeTimes(base.accepted, other.accepted, Math.max),
  };
}

function mergeTimes(
  base: Record<string, number>,
  other: Record<string, number>,
  choose: (a: number, b: number) => number,
): Record<string, number> {
  const merged = { ...base };
  for (const [key, at] of Object.entries(other)) merged[key] = choose(merged[key] ?? at, at);
  return merged;
}

function union(first: string[], second: string[]): string[] {
  return [...first, ...second.filter((key) => !first.includes(key))];
}
