/**
 * What somebody who has a key can do: a box that opens, with anything inside. The judge reads the inside by the layout
 * in docs/protocol.md, on its own.
 */
import {
  createKeyring,
  CryptoError,
  keyPairFromSecretKey,
  openEnvelope,
  sealEnvelope,
  type OpenedEnvelope,
} from "@sotto/crypto";
import { createRandom } from "@sotto/chaos/random";
import nacl from "tweetnacl";
import { mutateBytes, randomBytes } from "../inputs/bytes.ts";
import { compare, hex, outcomeOf, type Target } from "../target.ts";
import { isPadded, padded } from "./padme.ts";
import { seededNonces } from "./seeded-nonces.ts";

const outside = 44;
const bodyAt = 85;
const isTyped = (error: unknown) => error instanceof CryptoError;

export function envelopeInsideTarget(seed: number): Target {
  const random = createRandom(seed, "insides");
  const [sender, recipient] = [0, 1].map(() => keyPairFromSecretKey(randomBytes(random, 32)));
  if (!sender || !recipient) throw new Error("There are two people.");
  const keyring = createKeyring(recipient);
  const sharedKey = nacl.box.before(sender.publicKey, recipient.secretKey);
  const context = { senderId: "a", recipientId: "b", conversationId: "c", messageId: "d" };
  const keys = { senderKey: sender.publicKey, recipientKey: recipient.publicKey };
  const corpus = [0, 1, 171, 172, 500].map((length) => {
    const envelope = seededNonces(random, () =>
      sealEnvelope(createKeyring({ ...sender, secretKey: sender.secretKey.slice() as never }), {
        kind: 1,
        device: randomBytes(random, 16),
        counter: 7,
        sentAt: 1_800_000_000_000,
        previous: randomBytes(random, 16),
        body: randomBytes(random, length),
        recipientKey: recipient.publicKey,
        context,
      }),
    );
    const nonce = envelope.subarray(20, outside);
    const inner = nacl.box.open.after(envelope.subarray(outside), nonce, sharedKey);
    if (!inner) throw new Error("What was just sealed does not open.");
    return { head: envelope.subarray(0, 20), inner };
  });

  return {
    name: "envelope-inside",
    share: 3_000,
    attempt(random) {
      const { head, inner } = random.pick(corpus);
      const other = random.pick(corpus).inner;
      const mutant = random.chance(0.05)
        ? inner
        : repad(random.chance(0.5), mutateBytes(random, inner, other));
      const nonce = randomBytes(random, 24);
      const envelope = Buffer.concat([head, nonce, nacl.box.after(mutant, nonce, sharedKey)]);
      const outcome = outcomeOf(isTyped, () => openEnvelope(keyring, { ...keys, context, envelope }));
      const sound = isSound(mutant) && Buffer.compare(mutant.subarray(0, 32), inner.subarray(0, 32)) === 0;
      return compare(outcome, sound ? (opened) => isSame(opened, mutant) : null, () => hex(mutant));
    },
  };
}

/** Also with a sound length, or most would be refused for theirs alone. */
function repad(wanted: boolean, inner: Uint8Array): Uint8Array {
  if (!wanted) return inner;
  const whole = new Uint8Array(padded(Math.max(inner.length, bodyAt)));
  whole.set(inner);
  return whole;
}

function isSound(inner: Uint8Array): boolean {
  if (inner.length < bodyAt || !isPadded(inner.length)) return false;
  const view = Buffer.from(inner.buffer, inner.byteOffset, inner.byteLength);
  const end = bodyAt + view.readUInt32BE(81);
  const counter = view.readBigUInt64BE(49);
  return (
    padded(end) === inner.length &&
    view.subarray(end).every((byte) => byte === 0) &&
    counter >= 1n &&
    counter < 2n ** 53n &&
    view.readBigUInt64BE(57) < 2n ** 53n &&
    end - bodyAt <= 65_536
  );
}

function isSame(opened: OpenedEnvelope, inner: Uint8Array): boolean {
  const view = Buffer.from(inner.buffer, inner.byteOffset, inner.byteLength);
  return (
    opened.kind === view[32] &&
    BigInt(opened.counter) === view.readBigUInt64BE(49) &&
    BigInt(opened.sentAt) === view.readBigUInt64BE(57) &&
    view.subarray(33, 49).equals(opened.device) &&
    view.subarray(65, 81).equals(opened.previous) &&
    view.subarray(bodyAt, bodyAt + view.readUInt32BE(81)).equals(opened.body)
  );
}
