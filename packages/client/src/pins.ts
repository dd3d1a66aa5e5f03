import { canonicalUsername } from "@sotto/protocol";
import type { Pin, Pins } from "./records.ts";

/** Key pins, trust on first use: pure functions over what the account data carries. */

type Described = { id: string; username: string; publicKey: string };

/**
 * Notes a person as the server describes them. The same object comes back where nothing is new. Names are never given
 * anew, so a known name under a new id is the known person with a changed key.
 */
export function observe(pins: Pins, person: Described): Pins {
  const pin = pins[person.id];
  if (pin === undefined) return { ...pins, [person.id]: firstPin(pins, person) };
  if (pin.username === person.username && pin.keys.includes(person.publicKey)) return pins;
  return {
    ...pins,
    [person.id]: { ...pin, username: person.username, keys: union(pin.keys, [person.publicKey]) },
  };
}

function firstPin(pins: Pins, { username, publicKey }: Described): Pin {
  const name = canonicalUsername(username);
  const namesake = Object.values(pins).find((pin) => canonicalUsername(pin.username) === name);
  if (namesake === undefined) return { username, keys: [publicKey], verified: false, verifiedAt: 0 };
  return { ...namesake, username, keys: union(namesake.keys, [publicKey]) };
}

/** True where another key than the one of first contact was ever seen, even if the first is back. Unknown people: no. */
export function isKeyChanged(pins: Pins, { id, publicKey }: { id: string; publicKey: string }): boolean {
  const pin = pins[id];
  if (pin === undefined) return false;
  return pin.keys[0] !== publicKey || (!pin.verified && pin.keys.length > 1);
}

/** Whether nothing may be sealed for this key, because the person compared another one and found that right. */
export function isKeyRefused(pins: Pins, { id, publicKey }: { id: string; publicKey: string }): boolean {
  const pin = pins[id];
  return pin !== undefined && pin.verified && pin.keys[0] !== publicKey;
}

/** Keys under which messages of a person may open: all that were ever seen, or the one that was verified. */
export function openingKeys(pins: Pins, userId: string): string[] {
  const pin = pins[userId];
  if (pin === undefined) return [];
  return pin.verified ? pin.keys.slice(0, 1) : pin.keys;
}

/** A person says that the key they compared is the right one: it becomes the pinned one. False takes that back. */
export function withVerified(
  pins: Pins,
  { id, publicKey }: { id: string; publicKey: string },
  verified: boolean,
  nowMs: number,
): Pins {
  const pin = pins[id];
  if (pin === undefined) return pins;
  const keys = verified ? union([publicKey], pin.keys) : pin.keys;
  return { ...pins, [id]: { ...pin, keys, verified, verifiedAt: nowMs } };
}

/**
 * Two devices' pins as one: the union of all keys, and the later word on what was verified. `base` was on the server
 * first, so where both met a person for the first time its key is the pinned one, and the other shows as changed.
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
  return { username: base.username, keys: union(later.keys, earlier.keys), verified, verifiedAt };
}

function union(first: string[], second: string[]): string[] {
  return [...first, ...second.filter((key) => !first.includes(key))];
}
