/*
 * Safety numbers: 60 digits that two people compare to know that nobody stands between them. The computation is
 * Signal's numeric fingerprint, version 0, so that its published vector tests ours:
 *
 *   key   = 0x05 | public key 32
 *   hash0 = 0x0000 | key | user id in UTF-8
 *   hashi = SHA-512(hash(i−1) | key), 5,200 times
 *   half  = for each of the first six groups of 5 bytes of the last hash, big-endian: modulo 100,000, 5 digits
 *   whole = the two people's halves, the smaller (as text) first
 *
 * The iterations make the search for a key with the same 30 digits 5,200 times dearer.
 */
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, idBytes } from "./bytes.ts";
import type { PublicKey } from "./public-key.ts";

const iterations = 5_200;
const groupBytes = 5;
const groupsPerPerson = 6;

export type Person = { userId: string; publicKey: PublicKey };

/**
 * 60 digits, the same whichever person comes first. Takes some tens of milliseconds.
 * @throws CryptoError `bad-id`
 */
export function safetyNumber(one: Person, other: Person): string {
  return [fingerprint(one), fingerprint(other)].sort().join("");
}

/** The digits in 12 groups of five, to be shown or read aloud. */
export function safetyNumberGroups(number: string): string[] {
  return number.match(/.{5}/g) ?? [];
}

/** 30 digits. */
function fingerprint({ userId, publicKey }: Person): string {
  const key = concatBytes(Uint8Array.of(5), publicKey);
  let hash: Uint8Array = concatBytes(Uint8Array.of(0, 0), key, idBytes(userId, "The user id"));
  for (let round = 0; round < iterations; round++) hash = sha512(concatBytes(hash, key));

  let digits = "";
  for (let group = 0; group < groupsPerPerson; group++) {
    const bytes = hash.subarray(group * groupBytes, (group + 1) * groupBytes);
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    digits += String(value % 100_000).padStart(5, "0");
  }
  return digits;
}
