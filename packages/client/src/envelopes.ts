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
import { toAction } from "./actions.ts";
import { type ActionBody, type Body, contentKind, encodeBody, type ReadBody, readBody } from "./body.ts";
import { isBetween } from "./membership.ts";
import type { Arrival } from "./merge.ts";
import type { ChainRecord, Link, MessageRecord } from "./records.ts";

export type Sealer = { userId: string; keyring: Keyring; device: Uint8Array };

/** Seals one body for one recipient, and gives the chain on which this device's next envelope to them builds. */
export function sealMessage(
  sealer: Sealer,
  input: {
    recipient: { id: string; publicKey: string };
    conversationId: string;
    messageId: string;
    body: Body;
    sentAtMs: number;
    chain: ChainRecord | undefined;
  },
): { content: string; chain: ChainRecord } {
  const counter = (input.chain?.counter ?? 0) + 1;
  const envelope = sealEnvelope(sealer.keyring, {
    recipientKey: publicKeyOf(sealer.keyring, input.recipient.publicKey),
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
export function openArrival(
  keyring: Keyring,
  ownUserId: string,
  keysOf: KeysOf,
  memberIds: readonly string[],
  wire: WireMessage,
): Arrival {
  const { id, conversationId, senderId, recipientId, createdAt } = wire;
  const own = senderId === ownUserId;
  const state = own ? sentState(wire) : wire.readAt === null ? "unread" : "read";
  const { body, link } = isBetween(memberIds, senderId, recipientId)
    ? openBody(keyring, ownUserId, keysOf, wire)
    : unreadable;
  const linked = link === undefined ? {} : { link };
  if ("target" in body) {
    const action = toAction(body, { id, senderId, createdAt });
    return { kind: "action", conversationId, recipientId, target: body.target, action, state, ...linked };
  }
  const message = { id, conversationId, senderId, recipientId, createdAt, state } as const;
  return {
    kind: "message",
    message: { ...message, ...(own ? marksOf(wire) : {}), ...content(body), ...linked },
  };
}

/** The fields of a message that its body decides. */
export function content(
  body: Exclude<ReadBody, ActionBody>,
): Pick<MessageRecord, "text" | "problem" | "replyTo" | "forwarded"> {
  if (body.type !== "text") return { text: "", problem: body.type };
  const { text, replyTo, forwarded } = body;
  return { text, ...(replyTo && { replyTo }), ...(forwarded && { forwarded }) };
}

function sentState(wire: WireMessage): "read" | "delivered" | "sent" {
  if (wire.readAt !== null) return "read";
  return wire.deliveredAt === null ? "sent" : "delivered";
}

/** When an own message arrived and was seen. */
function marksOf({ deliveredAt, readAt }: WireMessage): Pick<MessageRecord, "deliveredAt" | "readAt"> {
  return { ...(deliveredAt !== null && { deliveredAt }), ...(readAt !== null && { readAt }) };
}

type OpenedBody = { body: ReadBody; link?: Link };

const unreadable: OpenedBody = { body: { type: "unreadable" } };

function openBody(keyring: Keyring, ownUserId: string, keysOf: KeysOf, wire: WireMessage): OpenedBody {
  try {
    const envelope = decodeBase64(wire.content);
    const head = parseEnvelopeHead(envelope);
    const senderKey = matchingKey(keyring, ownUserId, keysOf, wire.senderId, head.senderKeyId);
    const recipientKey = matchingKey(keyring, ownUserId, keysOf, wire.recipientId, head.recipientKeyId);
    if (senderKey === null || recipientKey === null) return unreadable;
    const opened = openEnvelope(keyring, { senderKey, recipientKey, context: wireContext(wire), envelope });
    const body = readBody(opened.kind, opened.body);
    const link: Link = {
      device: encodeHex(opened.device),
      counter: opened.counter,
      previous: encodeHex(opened.previous),
      hash: encodeHex(hashEnvelope(envelope)),
      sentAt: opened.sentAt,
      ...("voids" in body && body.voids !== undefined ? { voids: body.voids } : {}),
    };
    return { body, link };
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    const newer = error.code === "unknown-version" || error.code === "unknown-suite";
    return { body: { type: newer ? "unsupported" : "unreadable" } };
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
  const candidates =
    userId === ownUserId ? [keyring.publicKey] : keysOf(userId).flatMap((text) => readKey(keyring, text));
  return candidates.find((key) => sameBytes(keyId(key), id)) ?? null;
}

/** By their text, for as long as there is the keyring: what is remembered of a key hangs on this one object. */
const publicKeys = new WeakMap<Keyring, Map<string, PublicKey>>();

/** @throws CryptoError as `parsePublicKey` does */
function publicKeyOf(keyring: Keyring, text: string): PublicKey {
  const known = publicKeys.get(keyring) ?? new Map<string, PublicKey>();
  publicKeys.set(keyring, known);
  const key = known.get(text) ?? parsePublicKey(text);
  known.set(text, key);
  return key;
}

/** One bad key among those that were seen must not keep the others from opening. */
function readKey(keyring: Keyring, text: string): PublicKey[] {
  try {
    return [publicKeyOf(keyring, text)];
  } catch (error) {
    if (error instanceof CryptoError) return [];
    throw error;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexOfByte[byte] ?? "";
  return text;
}
