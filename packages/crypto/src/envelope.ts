/*
 * Envelope v1: one message for one recipient. `envelope-head.ts` has the outside; inside the box, integers
 * big-endian:
 *
 *   offset  bytes
 *        0     32  context, see context.ts
 *       32      1  kind of body
 *       33     16  device: random for each store of a sender, never reused
 *       49      8  counter: of that device towards this recipient in this conversation, from 1
 *       57      8  sentAt: milliseconds since 1970 by the sender's clock
 *       65     16  previous: hash of the envelope with the counter before, zeros for the first
 *       81      4  length of the body
 *       85      n  body
 *            rest  zeros, up to the padded length (padding.ts) of 85 + n
 *
 * The context is compared in constant time and before any other field is read. The padding must be exactly the
 * prescribed one, so that one content has one length and nothing can hide behind it.
 */
import nacl from "tweetnacl";
import type { Keyring } from "./agreement.ts";
import { openBox, sealBox } from "./box.ts";
import {
  assertLength,
  equalBytes,
  isSafeCount,
  isZero,
  readU32,
  readU64,
  writeU32,
  writeU64,
} from "./bytes.ts";
import type { Bytes } from "./bytes.ts";
import { contextBytes, hashContext, type EnvelopeContext } from "./context.ts";
import {
  assertEnvelope,
  bodyMaxBytes,
  writeEnvelopeHead,
  headBytes,
  innerFixedBytes,
  nonceBytes,
  outerFixedBytes,
  type EnvelopeKeys,
} from "./envelope-head.ts";
import { CryptoError } from "./errors.ts";
import { domainHash } from "./hash.ts";
import { paddedLength } from "./padding.ts";
import type { PublicKey } from "./public-key.ts";

export const deviceBytes = 16;
export const previousBytes = 16;

const boxAt = headBytes + nonceBytes;
const kindAt = contextBytes;
const deviceAt = kindAt + 1;
const counterAt = deviceAt + deviceBytes;
const sentAtAt = counterAt + 8;
const previousAt = sentAtAt + 8;
const lengthAt = previousAt + previousBytes;

export type EnvelopeContent = {
  /** What the body is, 0 to 255. */
  kind: number;
  /** 16 bytes. */
  device: Uint8Array;
  /** 1 to 2^53 − 1. */
  counter: number;
  /** Milliseconds since 1970, 0 to 2^53 − 1. */
  sentAt: number;
  /** 16 bytes: `hashEnvelope` of the one before, zeros for the first. */
  previous: Uint8Array;
  /** At most 65,536 bytes. */
  body: Uint8Array;
};

/** As `EnvelopeContent`; the bytes are copies. */
export type OpenedEnvelope = Omit<EnvelopeContent, "device" | "previous" | "body"> & {
  device: Bytes;
  previous: Bytes;
  body: Bytes;
};

export type SealEnvelopeInput = EnvelopeContent & { recipientKey: PublicKey; context: EnvelopeContext };
export type OpenEnvelopeInput = EnvelopeKeys & { context: EnvelopeContext; envelope: Uint8Array };

/**
 * Seals a message of the keyring's owner. The nonce is made here, so two calls never give the same bytes: a retry
 * must send the bytes it has.
 * @throws CryptoError `too-large`, `bad-length`, `bad-counter`, `bad-number`, `bad-id`, `low-order-public-key`,
 *   `keyring-wiped`
 */
export function sealEnvelope(keyring: Keyring, input: SealEnvelopeInput): Bytes {
  assertContent(input);
  const { body, recipientKey } = input;
  const keys = { senderKey: keyring.publicKey, recipientKey };

  const innerBytes = paddedLength(innerFixedBytes + body.length);
  const envelope = new Uint8Array(outerFixedBytes + innerBytes);
  writeEnvelopeHead(envelope, keys);

  const context = hashContext(envelope, keys, input.context);
  const nonce = nacl.randomBytes(nonceBytes);
  envelope.set(nonce, headBytes);
  const sharedKey = keyring.sharedKeyWith(recipientKey);
  sealBox([nonce, sharedKey], innerBytes, (inner) => writeInner(inner, context, input), [envelope, boxAt]);
  return envelope;
}

/**
 * Opens an envelope that the keyring's owner received, or sent from any device.
 * @throws CryptoError `not-an-envelope`, `unknown-version`, `unknown-suite`, `wrong-key`, `bad-length`, `too-large`,
 *   `cannot-open`, `wrong-context`, `bad-padding`, `bad-counter`, `bad-number`, `bad-id`, `keyring-wiped`
 */
export function openEnvelope(keyring: Keyring, input: OpenEnvelopeInput): OpenedEnvelope {
  const { senderKey, recipientKey, envelope } = input;
  assertEnvelope(envelope, { senderKey, recipientKey });
  const sharedKey = keyring.sharedKeyWith(otherKeyOf(keyring, input));
  const context = hashContext(envelope, input, input.context);
  const nonce = envelope.subarray(headBytes, boxAt);
  const opened = openBox([nonce, sharedKey], envelope.subarray(boxAt), (inner) => readInner(inner, context));
  if (opened === null)
    throw new CryptoError("cannot-open", "The envelope does not open: it was altered, or its key is another");
  return opened;
}

/** 16 bytes: the `previous` of the envelope that follows this one. */
export function hashEnvelope(envelope: Uint8Array): Bytes {
  return domainHash("sotto/previous/v1", previousBytes, envelope);
}

function assertContent({ kind, device, counter, sentAt, previous, body }: EnvelopeContent): void {
  if (!isSafeCount(kind, 0) || kind > 255) throw new CryptoError("bad-number", "kind must be 0 to 255");
  assertLength(device, deviceBytes, "device");
  assertCount("bad-counter", "counter", counter, 1);
  assertCount("bad-number", "sentAt", sentAt, 0);
  assertLength(previous, previousBytes, "previous");
  if (body.length > bodyMaxBytes) {
    throw new CryptoError("too-large", `The body is ${body.length} bytes; the limit is ${bodyMaxBytes}`);
  }
}

function assertCount(code: "bad-counter" | "bad-number", what: string, value: number, min: number): void {
  if (!isSafeCount(value, min))
    throw new CryptoError(code, `${what} must be an integer from ${min} to 2^53 − 1`);
}

function otherKeyOf(keyring: Keyring, { senderKey, recipientKey }: EnvelopeKeys): PublicKey {
  if (equalBytes(keyring.publicKey, recipientKey)) return senderKey;
  if (equalBytes(keyring.publicKey, senderKey)) return recipientKey;
  throw new CryptoError(
    "wrong-key",
    "These keys belong to neither the sender nor the recipient of the envelope",
  );
}

function writeInner(inner: Uint8Array, context: Uint8Array, content: EnvelopeContent): void {
  const { kind, device, counter, sentAt, previous, body } = content;
  inner.set(context);
  inner[kindAt] = kind;
  inner.set(device, deviceAt);
  writeU64(inner, counterAt, counter);
  writeU64(inner, sentAtAt, sentAt);
  inner.set(previous, previousAt);
  writeU32(inner, lengthAt, body.length);
  inner.set(body, innerFixedBytes);
}

function readInner(inner: Bytes, context: Uint8Array): OpenedEnvelope {
  if (!nacl.verify(inner.subarray(0, contextBytes), context)) {
    throw new CryptoError("wrong-context", "The envelope was sealed for another place than it was found in");
  }
  const bodyEnd = innerFixedBytes + readU32(inner, lengthAt);
  if (bodyEnd > inner.length || inner.length !== paddedLength(bodyEnd) || !isZero(inner, bodyEnd)) {
    throw new CryptoError("bad-padding", "The envelope is not padded as prescribed");
  }
  const content: OpenedEnvelope = {
    kind: inner[kindAt] ?? 0,
    device: inner.slice(deviceAt, counterAt),
    counter: readU64(inner, counterAt),
    sentAt: readU64(inner, sentAtAt),
    previous: inner.slice(previousAt, lengthAt),
    body: inner.slice(innerFixedBytes, bodyEnd),
  };
  assertContent(content);
  return content;
}
