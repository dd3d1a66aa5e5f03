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
import { concatBytes, equalBytes, type Bytes } from "./bytes.ts";
import { CryptoError } from "./errors.ts";
import { isPaddedLength, paddedLength } from "./padding.ts";
import { keyId, keyIdBytes, type PublicKey } from "./public-key.ts";

/** What `sealEnvelope` takes at most, in bytes. */
export const bodyMaxBytes = 64 * 1024;

export const headBytes = 20;
export const nonceBytes = 24;
const tagBytes = 16;
/** Everything inside the box before the body; `envelope.ts` has the fields. */
export const innerFixedBytes = 85;

const outerFixedBytes = headBytes + nonceBytes + tagBytes;
const magic = [0x53, 0x54];
const version = 1;
const suite = 1;

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

/** 20 bytes. */
export function encodeEnvelopeHead({ senderKey, recipientKey }: EnvelopeKeys): Bytes {
  return concatBytes(Uint8Array.of(...magic, version, suite), keyId(senderKey), keyId(recipientKey));
}

/**
 * Reads the first 20 bytes, and looks at nothing after them.
 * @throws CryptoError `not-an-envelope`, `unknown-version`, `unknown-suite`
 */
export function parseEnvelopeHead(bytes: Uint8Array): EnvelopeHead {
  if (bytes.length < headBytes || !magic.every((byte, index) => bytes[index] === byte)) {
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
  const senderKeyId = Uint8Array.from(bytes.subarray(4, 4 + keyIdBytes));
  const recipientKeyId = Uint8Array.from(bytes.subarray(4 + keyIdBytes, headBytes));
  return { version, suite, senderKeyId, recipientKeyId };
}

/**
 * All that can be checked about an envelope without a secret: its head, that it runs between these keys, and that
 * its length is one that sealing produces. What the server does with every envelope it is given.
 * @throws CryptoError `not-an-envelope`, `unknown-version`, `unknown-suite`, `wrong-key`, `bad-length`, `too-large`
 */
export function assertEnvelope(bytes: Uint8Array, { senderKey, recipientKey }: EnvelopeKeys): void {
  const head = parseEnvelopeHead(bytes);
  if (!equalBytes(head.senderKeyId, keyId(senderKey))) {
    throw new CryptoError("wrong-key", "The envelope names another sender's key");
  }
  if (!equalBytes(head.recipientKeyId, keyId(recipientKey))) {
    throw new CryptoError("wrong-key", "The envelope names another recipient's key");
  }
  if (bytes.length > envelopeMaxBytes) {
    throw new CryptoError("too-large", `The envelope is over the limit of ${envelopeMaxBytes} bytes`);
  }
  if (!isPaddedLength(bytes.length - outerFixedBytes)) {
    throw new CryptoError("bad-length", `No envelope is ${bytes.length} bytes long`);
  }
}
