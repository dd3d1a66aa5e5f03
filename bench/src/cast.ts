/** Who takes part in a run, the same for every target, and the bytes that they send. */
import { createHash, randomBytes } from "node:crypto";
import { encodeBase64, generateKeyPair, keyId, parsePublicKey } from "@sotto/crypto";
import { uuidOfDigest } from "@sotto/protocol";

export type Member = { id: string; username: string; publicKey: string };
/** Positions in `people`. All that one sends to the other begins and ends alike; a number stands in between. */
export type Pair = { from: number; to: number; head: string; tail: string };
export type Cast = { people: Member[]; pairs: Pair[] };

const envelopeBytes = 316;
/** In characters of base64. */
const numberAt = 408;
const numberLength = 8;

export function createCast(pairCount: number): Cast {
  const people = Array.from({ length: pairCount * 2 }, (_, index): Member => {
    const digest = createHash("sha256").update(`bench person ${index}`).digest();
    const publicKey = encodeBase64(generateKeyPair().publicKey);
    return { id: uuidOfDigest(digest), username: `person-${index}`, publicKey };
  });
  const pairs = Array.from({ length: pairCount }, (_, index): Pair => {
    const from = people[index * 2];
    const to = people[index * 2 + 1];
    if (from === undefined || to === undefined) throw new Error("A pair has two people.");
    const bytes = envelopeBetween(from, to);
    return {
      from: index * 2,
      to: index * 2 + 1,
      head: bytes.slice(0, numberAt),
      tail: bytes.slice(numberAt + numberLength),
    };
  });
  return { people, pairs };
}

/** The smallest envelope, 424 characters of base64: a right head, and random bytes where the box would be. */
function envelopeBetween(from: Member, to: Member): string {
  const envelope = new Uint8Array(envelopeBytes);
  envelope.set([0x53, 0x54, 1, 1]);
  envelope.set(keyId(parsePublicKey(from.publicKey)), 4);
  envelope.set(keyId(parsePublicKey(to.publicKey)), 12);
  envelope.set(randomBytes(envelopeBytes - 20), 20);
  return encodeBase64(envelope);
}

/** Digits are characters of base64 too: the bytes stay as long and as well-formed as they are. */
export function numberedBytes({ head, tail }: Pair, number: number): string {
  return `${head}${String(number).padStart(numberLength, "0")}${tail}`;
}

export function numberOf(bytes: string): number {
  return Number(bytes.slice(numberAt, numberAt + numberLength));
}
