import {
  CryptoError,
  decodeBase64,
  encodeBase64,
  hashEnvelope,
  keyId,
  type Keyring,
  openEnvelope,
  parseEnvelopeHead,
  parsePublicKey,
  type PublicKey,
  sealEnvelope,
} from "@sotto/crypto";
import type { WireMessage } from "@sotto/protocol";
import { contentKind, encodeBody, readBody, type TextBody } from "./body.ts";
import { isBetween } from "./membership.ts";
import type { ChainRecord, Link, MessageRecord } from "./records.ts";

export type Sealer = { userId: string; keyring: Keyring; device: Uint8Array };

/** Seals one body for one recipient, and gives the chain on which this device's next envelope to them builds. */
export function sealMessage(
  sealer: Sealer,
  input: {
    recipient: { id: string; publicKey: string };
    conversationId: string;
    messageId: string;
    body: TextBody;
    sentAtMs: number;
    chain: ChainRecord | undefined;
  },
): { content: string; chain: ChainRecord } {
  const counter = (input.chain?.counter ?? 0) + 1;
  const envelope = sealEnvelope(sealer.keyring, {
    recipientKey: parsePublicKey(input.recipient.publicKey),
    context: {
      senderId: sealer.userId,
      recipientId: input.recipient.id,
      conversationId: input.conversationId,
      messageId: input.messageId,
    },
    kind: contentKind,
    device: sealer.device,
    counter,
    sentAt: input.sentAtMs,
    previous: input.chain === undefined ? new Uint8Array(16) : decodeBase64(input.chain.previous),
    body: encodeBody(input.body),
  });
  return {
    content: encodeBase64(envelope),
    chain: { counter, previous: encodeBase64(hashEnvelope(envelope)) },
  };
}

/** Keys under which messages of a user may open, base64, the pinned one first. */
export type KeysOf = (userId: string) => string[];

/**
 * Opens what the server handed over. A failure is not an exception but a message that says so: one broken envelope
 * must not hide the others.
 */
export function openMessage(
  keyring: Keyring,
  ownUserId: string,
  keysOf: KeysOf,
  memberIds: readonly string[],
  wire: WireMessage,
): MessageRecord {
  const own = wire.senderId === ownUserId;
  return {
    id: wire.id,
    conversationId: wire.conversationId,
    senderId: wire.senderId,
    recipientId: wire.recipientId,
    createdAt: wire.createdAt,
    state: own ? sentState(wire) : wire.readAt === null ? "unread" : "read",
    ...(isBetween(memberIds, wire.senderId, wire.recipientId)
      ? openText(keyring, ownUserId, keysOf, wire)
      : { text: "", problem: "unreadable" as const }),
  };
}

function sentState(wire: WireMessage): "read" | "delivered" | "sent" {
  if (wire.readAt !== null) return "read";
  return wire.deliveredAt === null ? "sent" : "delivered";
}

function openText(
  keyring: Keyring,
  ownUserId: string,
  keysOf: KeysOf,
  wire: WireMessage,
): Pick<MessageRecord, "text" | "problem" | "link"> {
  try {
    const envelope = decodeBase64(wire.content);
    const head = parseEnvelopeHead(envelope);
    const senderKey = matchingKey(keyring, ownUserId, keysOf, wire.senderId, head.senderKeyId);
    const recipientKey = matchingKey(keyring, ownUserId, keysOf, wire.recipientId, head.recipientKeyId);
    if (senderKey === null || recipientKey === null) return { text: "", problem: "unreadable" };
    const opened = openEnvelope(keyring, { senderKey, recipientKey, context: wireContext(wire), envelope });
    const read = readBody(opened.kind, opened.body);
    const link: Link = {
      device: encodeHex(opened.device),
      counter: opened.counter,
      previous: encodeHex(opened.previous),
      hash: encodeHex(hashEnvelope(envelope)),
      sentAt: opened.sentAt,
      ...(read.type === "text" && read.voids !== undefined ? { voids: read.voids } : {}),
    };
    return read.type === "text" ? { text: read.text, link } : { text: "", problem: read.type, link };
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    const newer = error.code === "unknown-version" || error.code === "unknown-suite";
    return { text: "", problem: newer ? "unsupported" : "unreadable" };
  }
}

function wireContext({ senderId, recipientId, conversationId, id }: WireMessage) {
  return { senderId, recipientId, conversationId, messageId: id };
}

function matchingKey(
  keyring: Keyring,
  ownUserId: string,
  keysOf: KeysOf,
  userId: string,
  id: Uint8Array,
): PublicKey | null {
  const candidates = userId === ownUserId ? [keyring.publicKey] : keysOf(userId).flatMap(parseKey);
  return candidates.find((key) => sameBytes(keyId(key), id)) ?? null;
}

/** One bad key among those that were seen must not keep the others from opening. */
function parseKey(text: string): PublicKey[] {
  try {
    return [parsePublicKey(text)];
  } catch (error) {
    if (error instanceof CryptoError) return [];
    throw error;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
