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
import { idBytes, lengthPrefixed, type Bytes } from "./bytes.ts";
import type { EnvelopeKeys } from "./envelope-head.ts";
import { domainHash } from "./hash.ts";

export const contextBytes = 32;

/** Where an envelope belongs. All four are ids as they are on the wire; empty or ill-formed text is refused. */
export type EnvelopeContext = {
  senderId: string;
  recipientId: string;
  conversationId: string;
  messageId: string;
};

/**
 * 32 bytes. `head` is the head of an envelope between these keys.
 * @throws CryptoError `bad-id`
 */
export function hashContext(head: Uint8Array, keys: EnvelopeKeys, context: EnvelopeContext): Bytes {
  const parts = [
    idBytes(context.senderId, "The sender id"),
    idBytes(context.recipientId, "The recipient id"),
    keys.senderKey,
    keys.recipientKey,
    idBytes(context.conversationId, "The conversation id"),
    idBytes(context.messageId, "The message id"),
  ];
  return domainHash("sotto/context/v1", contextBytes, head, ...parts.map(lengthPrefixed));
}
