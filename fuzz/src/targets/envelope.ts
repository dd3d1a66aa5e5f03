import {
  CryptoError,
  createKeyring,
  keyPairFromSecretKey,
  openEnvelope,
  sealEnvelope,
  type EnvelopeContext,
  type OpenEnvelopeInput,
} from "@sotto/crypto";
import { createRandom, type Random } from "@sotto/chaos/random";
import { mutateBytes, randomBytes, randomLength } from "../inputs/bytes.ts";
import { mutateText } from "../inputs/text.ts";
import { compare, hex, outcomeOf, type Target } from "../target.ts";
import { seededNonces } from "./seeded-nonces.ts";

type Open = typeof openEnvelope;
type Sealed = OpenEnvelopeInput & { context: EnvelopeContext };

const isTyped = (error: unknown) => error instanceof CryptoError;
const fields = ["senderId", "recipientId", "conversationId", "messageId"] as const;

/** Real envelopes, altered anywhere outside or shown in another place: none may open. */
export function envelopeTarget(seed: number, open: Open = openEnvelope): Target {
  const random = createRandom(seed, "envelopes");
  const people = Array.from({ length: 3 }, () => makePerson(random));
  const corpus = people.flatMap((sender) =>
    people
      .filter((each) => each !== sender)
      .flatMap((recipient) => [0, 40, 700].map((length) => seal(random, sender, recipient, length))),
  );

  return {
    name: "envelope",
    share: 12_000,
    attempt(random) {
      const sealed = random.pick(corpus);
      const other = random.pick(corpus);
      const input = random.chance(0.8)
        ? alterBytes(random, sealed, other)
        : alterPlace(random, sealed, other);
      const readerKey = random.chance(0.5) ? sealed.senderKey : sealed.recipientKey;
      const { keyring } = people.find(({ key }) => key === readerKey) ?? random.pick(people);
      const outcome = outcomeOf(isTyped, () => open(keyring, input));
      const { context, envelope } = input;
      return compare(outcome, null, () => `${hex(envelope)} at ${JSON.stringify(context)}`);
    },
  };
}

type Person = ReturnType<typeof makePerson>;

function makePerson(random: Random) {
  const keyPair = keyPairFromSecretKey(randomBytes(random, 32));
  return {
    id: `person-${random.integer(0, 2 ** 40)}`,
    keyring: createKeyring(keyPair),
    key: keyPair.publicKey,
  };
}

function seal(random: Random, sender: Person, recipient: Person, length: number): Sealed {
  const context = {
    senderId: sender.id,
    recipientId: recipient.id,
    conversationId: `conversation-${random.integer(0, 3)}`,
    messageId: `message-${random.integer(0, 2 ** 40)}`,
  };
  const content = {
    kind: 1,
    device: randomBytes(random, 16),
    counter: random.integer(1, 1_000),
    sentAt: 1_800_000_000_000,
    previous: randomBytes(random, 16),
    body: randomBytes(random, length),
  };
  const envelope = seededNonces(random, () =>
    sealEnvelope(sender.keyring, { ...content, context, recipientKey: recipient.key }),
  );
  return { context, envelope, senderKey: sender.key, recipientKey: recipient.key };
}

function alterBytes(random: Random, sealed: Sealed, other: Sealed): Sealed {
  if (random.chance(0.05)) return { ...sealed, envelope: randomBytes(random, randomLength(random, 2_000)) };
  return { ...sealed, envelope: mutateBytes(random, sealed.envelope, other.envelope) };
}

/** The same bytes, said to be somebody else's, or to belong elsewhere. */
function alterPlace(random: Random, sealed: Sealed, other: Sealed): Sealed {
  const { context } = sealed;
  const reflected = { ...context, senderId: context.recipientId, recipientId: context.senderId };
  switch (random.integer(0, 3)) {
    case 0:
      return { ...sealed, context: reflected };
    case 1:
      return {
        ...sealed,
        context: reflected,
        senderKey: sealed.recipientKey,
        recipientKey: sealed.senderKey,
      };
    case 2:
      return { ...sealed, context: differing(context, random.pick(fields), other.context) };
    default: {
      const field = random.pick(fields);
      const text = mutateText(random, context[field], other.context[field]);
      return { ...sealed, context: { ...context, [field]: text === context[field] ? `${text}x` : text } };
    }
  }
}

function differing(context: EnvelopeContext, field: (typeof fields)[number], other: EnvelopeContext) {
  const text = other[field];
  return { ...context, [field]: text === context[field] ? `${text}-other` : text };
}
