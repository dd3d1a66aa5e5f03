import type { Pin, Pins } from "./records.ts";

/** Key pins, trust on first use: pure functions over what the account data carries. */

/** Notes a person as the server describes them. The same object comes back where nothing is new. */
export function observe(pins: Pins, person: { id: string; username: string; publicKey: string }): Pins {
  const pin = pins[person.id];
  if (pin === undefined) {
    return { ...pins, [person.id]: { username: person.username, keys: [person.publicKey], verified: false } };
  }
  if (pin.username === person.username && pin.keys.includes(person.publicKey)) return pins;
  const keys = pin.keys.includes(person.publicKey) ? pin.keys : [...pin.keys, person.publicKey];
  return { ...pins, [person.id]: { ...pin, username: person.username, keys } };
}

/** True where the key is not the one of first contact. Unknown people have not changed. */
export function isKeyChanged(pins: Pins, person: { id: string; publicKey: string }): boolean {
  const pinned = pins[person.id]?.keys[0];
  return pinned !== undefined && pinned !== person.publicKey;
}

/** A person says that the key they compared is the right one: it becomes the pinned one. False takes that back. */
export function withVerified(pins: Pins, person: { id: string; publicKey: string }, verified: boolean): Pins {
  const pin = pins[person.id];
  if (pin === undefined) return pins;
  if (!verified) return { ...pins, [person.id]: { ...pin, verified } };
  const keys = [person.publicKey, ...pin.keys.filter((key) => key !== person.publicKey)];
  return { ...pins, [person.id]: { ...pin, keys, verified } };
}

/**
 * Two devices' pins as one: the union of all keys. `base` was on the server first, so where both met a person for the
 * first time its key is the pinned one, and the other shows as changed.
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
  return {
    username: base.username,
    keys: [...base.keys, ...other.keys.filter((key) => !base.keys.includes(key))],
    verified: base.verified || (other.verified && other.keys[0] === base.keys[0]),
  };
}
