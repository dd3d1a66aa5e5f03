/**
 * What a message costs a device: our envelope of 1 KiB against the raw box of the library inside it, and against
 * libsodium. Shared keys are at hand everywhere, as in a conversation that goes on; for the boxes, so is a nonce.
 */
import { createRequire } from "node:module";
import {
  createKeyring,
  decodeBase64,
  deviceBytes,
  encodeBase64,
  generateKeyPair,
  hashEnvelope,
  openEnvelope,
  previousBytes,
  randomBytes,
  sealEnvelope,
} from "@sotto/crypto";
import nacl from "tweetnacl";
import { v7 as uuid } from "uuid";

/** Times of every round. */
export type SealingRow = { name: string; title: string; sealUs: number[]; openUs: number[] };

/** What is used of libsodium-wrappers, which the peers bring. */
type Sodium = {
  ready: Promise<void>;
  crypto_box_easy_afternm(message: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array;
  crypto_box_open_easy_afternm(box: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array;
};

type Contender = { name: string; title: string; seal: () => Uint8Array; open: () => Uint8Array | null };

const payloadBytes = 1_024;
const callsPerRound = 2_000;
/** Until V8 has compiled all of it for good. */
const warmUpRounds = 5;

export async function measureSealing(rounds: number): Promise<SealingRow[]> {
  const contenders = await createContenders();
  const times = contenders.map(() => ({ sealUs: [] as number[], openUs: [] as number[] }));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const [index, { seal, open }] of contenders.entries()) {
      const [sealUs, openUs] = [microsecondsOf(seal), microsecondsOf(open)];
      if (round < 0) continue;
      times[index]?.sealUs.push(sealUs);
      times[index]?.openUs.push(openUs);
    }
  }
  return contenders.map(({ name, title }, index) => ({
    name,
    title,
    sealUs: times[index]?.sealUs ?? [],
    openUs: times[index]?.openUs ?? [],
  }));
}

function microsecondsOf(work: () => unknown): number {
  const startMs = performance.now();
  for (let call = 0; call < callsPerRound; call += 1) {
    if (work() === null) throw new Error("A box did not open.");
  }
  return ((performance.now() - startMs) * 1_000) / callsPerRound;
}

/** One envelope after the other in a conversation. */
export function createOwnEnvelope() {
  const [ours, theirs] = [createKeyring(generateKeyPair()), createKeyring(generateKeyPair())];
  const [senderId, recipientId, conversationId, messageId] = [uuid(), uuid(), uuid(), uuid()];
  const context = { senderId, recipientId, conversationId, messageId };
  const message = {
    kind: 1,
    device: randomBytes(deviceBytes),
    counter: 1,
    sentAt: Date.now(),
    previous: new Uint8Array(previousBytes),
    body: randomBytes(payloadBytes),
    recipientKey: theirs.publicKey,
    context,
  };
  const seal = () => sealEnvelope(ours, message);
  const first = seal();
  const keys = { senderKey: ours.publicKey, recipientKey: theirs.publicKey };
  const open = (envelope = first) => openEnvelope(theirs, { ...keys, context, envelope }).body;
  return { seal, open, envelope: first };
}

async function createContenders(): Promise<Contender[]> {
  const sodium = createRequire(new URL("../peers/package.json", import.meta.url))(
    "libsodium-wrappers",
  ) as Sodium;
  await sodium.ready;
  const own = createOwnEnvelope();
  const text = encodeBase64(own.envelope);
  const body = randomBytes(payloadBytes);
  const key = nacl.box.before(nacl.box.keyPair().publicKey, nacl.box.keyPair().secretKey);
  const nonce = randomBytes(nacl.box.nonceLength);
  const box = nacl.box.after(body, nonce, key);
  return [
    { name: "ours", title: "Sotto's envelope", ...own },
    {
      name: "ours-as-sent",
      title: "the same in base64, with its hash for the next one",
      seal: () => {
        const envelope = own.seal();
        encodeBase64(envelope);
        return hashEnvelope(envelope);
      },
      open: () => {
        const envelope = decodeBase64(text);
        hashEnvelope(envelope);
        return own.open(envelope);
      },
    },
    {
      name: "tweetnacl",
      title: "tweetnacl, box.after",
      seal: () => nacl.box.after(body, nonce, key),
      open: () => nacl.box.open.after(box, nonce, key),
    },
    {
      name: "libsodium",
      title: "libsodium, box_easy_afternm",
      seal: () => sodium.crypto_box_easy_afternm(body, nonce, key),
      open: () => sodium.crypto_box_open_easy_afternm(box, nonce, key),
    },
  ];
}
