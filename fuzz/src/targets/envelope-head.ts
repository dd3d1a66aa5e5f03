import { assertEnvelope, CryptoError, keyId, keyPairFromSecretKey } from "@sotto/crypto";
import { createRandom, type Random } from "@sotto/chaos/random";
import { mutateBytes, randomBytes, randomLength } from "../inputs/bytes.ts";
import { compare, hex, outcomeOf, type Target } from "../target.ts";
import { isPadded, padded } from "./padme.ts";

const boxAt = 60;
const largest = boxAt + padded(85 + 65_536);
const isTyped = (error: unknown) => error instanceof CryptoError;

/** The check by which the server lets an envelope in, of which it sees only the outside. */
export function envelopeHeadTarget(seed: number): Target {
  const setup = createRandom(seed, "heads");
  const [a, b] = [0, 1].map(() => keyPairFromSecretKey(randomBytes(setup, 32)).publicKey);
  if (!a || !b) throw new Error("There are two people.");
  const keys = { senderKey: a, recipientKey: b };
  const head = Buffer.concat([Buffer.from("ST\x01\x01"), keyId(a), keyId(b)]);

  return {
    name: "envelope-head",
    share: 7_000,
    attempt(random) {
      const bytes = makeBytes(random, head);
      const sound =
        head.equals(bytes.subarray(0, head.length)) &&
        bytes.length <= largest &&
        isPadded(bytes.length - boxAt);
      const outcome = outcomeOf(isTyped, () => assertEnvelope(bytes, keys));
      return compare(outcome, sound ? () => true : null, () => hex(bytes));
    },
  };
}

function makeBytes(random: Random, head: Uint8Array): Uint8Array {
  if (random.chance(0.02)) {
    const length = largest + random.integer(-70, 5_000);
    return Buffer.concat([head, new Uint8Array(length - head.length)]);
  }
  const length = boxAt + 200 + randomLength(random, 900);
  const whole = () => Buffer.concat([head, randomBytes(random, random.chance(0.5) ? 296 : length)]);
  const shape = whole();
  return random.chance(0.2) ? shape : mutateBytes(random, shape, whole());
}
