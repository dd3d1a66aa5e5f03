/*
 * The part of an envelope that the server may read.
 *
 *   offset  bytes
 *        0      2  "ST"
 *        2      1  version, 1
 *        3      1  suite, 1: X25519, XSalsa20-Poly1305 (NaCl box)
 *        4      8  key id of the sender
 *       12      8  key id of the recipient
 *       20     24  nonce
 *       44     16  Poly1305 tag
 *       60      n  ciphertext; n is a padded length
 *
 * This module is within the server's reach: it must never import anything that can seal or open.
 */
import type { Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";
import { isPaddedLength, paddedLength } from "./padding.ts";
import { hasKeyIdAt, keyIdBytes, type PublicKey, writeKeyId } from "./public-key.ts";

/** What `sealEnvelope` takes at most, in bytes. */
export const bodyMaxBytes = 64 * 1024;

export const headBytes = 20;
export const nonceBytes = 24;
const tagBytes = 16;
/** Everything inside the box before the body; `envelope.ts` has the fields. */
export const innerFixedBytes = 85;

export const outerFixedBytes = headBytes + nonceBytes + tagBytes;
const senderAt = 4;
const recipientAt = senderAt + keyIdBytes;
const version = 1;
const suite = 1;
/** "ST", version, suite. */
const start = Uint8Array.of(0x53, 0x54, version, suite);

/** The longest envelope: 67,644 bytes. */
export const envelopeMaxBytes = outerFixedBytes + paddedLength(innerFixedBytes + bodyMaxBytes);
/** The shortest envelope: 316 bytes. */
export const envelopeMinBytes = outerFixedBytes + paddedLength(innerFixedBytes);

export type EnvelopeHead = {
  version: number;
  suite: number;
  /** 8 bytes. */
  senderKeyId: Bytes;
  /** 8 bytes. */
  recipientKeyId: Bytes;
};

/** The keys an envelope runs between. */
export type EnvelopeKeys = { senderKey: PublicKey; recipientKey: PublicKey };

/** Into the first 20 bytes. */
export function writeEnvelopeHead(envelope: Uint8Array, { senderKey, recipientKey }: EnvelopeKeys): void {
  envelope.set(start);
  writeKeyId(envelope, senderAt, senderKey);
  writeKeyId(envelope, recipientAt, recipientKey);
}

/**
 * Reads the first 20 bytes, and looks at nothing after them.
 * @throws CryptoError `not-an-envelope`, `unknown-version`, `unknown-suite`
 */
export function parseEnvelopeHead(bytes: Uint8Array): EnvelopeHead {
  assertKnown(bytes);
  const senderKeyId = Uint8Array.from(bytes.subarray(senderAt, recipientAt));
  const recipientKeyId = Uint8Array.from(bytes.subarray(recipientAt, headBytes));
  return { version, suite, senderKeyId, recipientKeyId };
}

function assertKnown(bytes: Uint8Array): void {
  if (bytes.length < headBytes || bytes[0] !== start[0] || bytes[1] !== start[1]) {
    throw new CryptoError("not-an-envelope", "These bytes are not a Sotto envelope");
  }
  if (bytes[2] !== version) {
    throw new CryptoError(
      "unknown-version",
      `Envelope version ${bytes[2]} is not known here, only ${version}`,
    );
  }
  if (bytes[3] !== suite) {
    throw new CryptoError("unknown-suite", `Envelope suite ${bytes[3]} is not known here, only ${suite}`);
  }
}

/**
 * All that can be checked about an envelope without a secret: its head, that it runs between these keys, and that
 * its length is one that sealing produces. What the server does with every envelope it is given.
 * @throws CryptoError `not-an-envelope`, `unknown-version`, `unknown-suite`, `wrong-key`, `bad-length`, `too-large`
 */
export function assertEnvelope(bytes: Uint8Array, { senderKey, recipientKey }: EnvelopeKeys): void {
  assertKnown(bytes);
  if (!hasKeyIdAt(bytes, senderAt, senderKey)) {
    throw new CryptoError("wrong-key", "The envelope names another sender's key");
  }
  if (!hasKeyIdAt(bytes, recipientAt, recipientKey)) {
    throw new CryptoError("wrong-key", "The envelope names another recipient's key");
  }
  if (bytes.length > envelopeMaxBytes) {
    throw new CryptoError("too-large", `The envelope is over the limit of ${envelopeMaxBytes} bytes`);
  }
  if (!isPaddedLength(bytes.length - outerFixedBytes)) {
    throw new CryptoError("bad-length", `No envelope is ${bytes.length} bytes long`);
  }
}
