/*
 * What an envelope is bound to. A box has neither associated data nor a direction, so the expected context is
 * hashed, sealed inside, and compared on opening before anything else is looked at: a server can then neither move
 * an envelope to another conversation or message, nor swap or reflect its people, nor give it another author.
 *
 *   context = first 32 bytes of SHA-512("sotto/context/v1\0" | head 20
 *             | lp(senderId) | lp(recipientId) | lp(senderKey) | lp(recipientKey)
 *             | lp(conversationId) | lp(messageId))
 *   lp(x)   = length as u32 big-endian | x; ids as UTF-8
 */
import { sha512 } from "@noble/hashes/sha2.js";
import { ascii, idBytes, lengthPrefixed, type Bytes } from "./bytes.ts";
import { headBytes, type EnvelopeKeys } from "./envelope-head.ts";
import type { PublicKey } from "./public-key.ts";

export const contextBytes = 32;

/** Where an envelope belongs. All four are ids as they are on the wire; empty or ill-formed text is refused. */
export type EnvelopeContext = {
  senderId: string;
  recipientId: string;
  conversationId: string;
  messageId: string;
};

type Hash = ReturnType<typeof sha512.create>;

/** The hash so far of all that messages from one person to another in one conversation have in common. */
type Beginning = Omit<EnvelopeContext, "messageId"> & { hash: Hash };

/** The last one between two keys, by the sender's and the recipient's. All of it is public; it goes with the keys. */
const beginnings = new WeakMap<PublicKey, WeakMap<PublicKey, Beginning>>();

/**
 * 32 bytes. `envelope` is one between these keys; of it only the head is read.
 * @throws CryptoError `bad-id`
 */
export function hashContext(envelope: Uint8Array, keys: EnvelopeKeys, context: EnvelopeContext): Bytes {
  const { hash } = findBeginning(keys, context) ?? begin(envelope, keys, context);
  const messageId = lengthPrefixed(idBytes(context.messageId, "The message id"));
  return hash.clone().update(messageId).digest().slice(0, contextBytes);
}

function findBeginning(
  { senderKey, recipientKey }: EnvelopeKeys,
  { senderId, recipientId, conversationId }: EnvelopeContext,
): Beginning | undefined {
  const known = beginnings.get(senderKey)?.get(recipientKey);
  const fits =
    known?.senderId === senderId &&
    known.recipientId === recipientId &&
    known.conversationId === conversationId;
  return fits ? known : undefined;
}

function begin(
  envelope: Uint8Array,
  { senderKey, recipientKey }: EnvelopeKeys,
  { senderId, recipientId, conversationId }: EnvelopeContext,
): Beginning {
  const hash = sha512.create().update(ascii("sotto/context/v1\0")).update(envelope.subarray(0, headBytes));
  for (const part of [
    idBytes(senderId, "The sender id"),
    idBytes(recipientId, "The recipient id"),
    senderKey,
    recipientKey,
    idBytes(conversationId, "The conversation id"),
  ]) {
    hash.update(lengthPrefixed(part));
  }
  const beginning = { senderId, recipientId, conversationId, hash };
  const bySender = beginnings.get(senderKey) ?? new WeakMap<PublicKey, Beginning>();
  beginnings.set(senderKey, bySender.set(recipientKey, beginning));
  return beginning;
}
