import { createKeyring, keyPairFromSecretKey, sealEnvelope } from "../../src/index.ts";
import type { Bytes, EnvelopeContent, EnvelopeContext, Keyring, PublicKey } from "../../src/index.ts";
import { utf8 } from "./bytes.ts";

export type TestPerson = { id: string; secretKey: Bytes; publicKey: PublicKey; keyring: Keyring };

function createPerson(id: string, fill: number): TestPerson {
  const keyPair = keyPairFromSecretKey(new Uint8Array(32).fill(fill));
  return {
    id,
    secretKey: Uint8Array.from(keyPair.secretKey),
    publicKey: keyPair.publicKey,
    keyring: createKeyring(keyPair),
  };
}

/** Fixed keys, and keyrings shared by a test file, so that each agreement is computed once. */
export const alice = createPerson("01890a5d-ac96-774b-bcce-b302099a8057", 0xa1);
export const bob = createPerson("01890a5d-ac96-7ab2-80e2-4536629c90de", 0xb0);
export const mallory = createPerson("01890a5d-ac96-7b7c-8f89-36915266c7c9", 0x3a);

export const aliceToBob: EnvelopeContext = {
  senderId: alice.id,
  recipientId: bob.id,
  conversationId: "6f1c1b0a-5a0e-8f4e-9c59-2f3b1c1d7a10",
  messageId: "01890a5d-ac97-7000-8000-000000000001",
};

export const content: EnvelopeContent = {
  kind: 1,
  device: new Uint8Array(16).fill(0xd1),
  counter: 1,
  sentAt: 1_735_689_600_000,
  previous: new Uint8Array(16),
  body: utf8('{"type":"text","text":"hello"}'),
};

/** A message of Alice to Bob, as her client would seal it. */
export function sealAliceToBob(changes: Partial<EnvelopeContent> = {}): Bytes {
  return sealEnvelope(alice.keyring, {
    ...content,
    ...changes,
    recipientKey: bob.publicKey,
    context: aliceToBob,
  });
}

/** What Bob gives to `openEnvelope` for such a message. */
export function fromAlice(envelope: Uint8Array) {
  return { senderKey: alice.publicKey, recipientKey: bob.publicKey, context: aliceToBob, envelope };
}
