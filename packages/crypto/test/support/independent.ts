/*
 * The formats once more, written from their description, with none of ../src and for each part the library that is not
 * used there: noble's ciphers and curves, tweetnacl's hash. Nonces and every field are given, so that fixtures can be made and malformed insides sealed.
 */
import { hsalsa, xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { x25519 } from "@noble/curves/ed25519.js";
import nacl from "tweetnacl";
import { concat, utf8 } from "./bytes.ts";

type Keys = { senderKey: Uint8Array; recipientKey: Uint8Array };
type Context = { senderId: string; recipientId: string; conversationId: string; messageId: string };

function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true));
}

function bigEndian(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) =>
    Number((BigInt(value) >> BigInt(8 * (length - 1 - index))) & 255n),
  );
}

const lengthPrefixed = (bytes: Uint8Array) => concat(bigEndian(bytes.length, 4), bytes);

export function hash(domain: string, length: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return nacl.hash(concat(utf8(domain), Uint8Array.of(0), ...parts)).slice(0, length);
}

/** NaCl's box.before: HSalsa20 over the X25519 result. */
export function sharedKey(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const out = new Uint32Array(8);
  const secret = x25519.getSharedSecret(secretKey, publicKey);
  hsalsa(words(utf8("expand 32-byte k")), words(secret), new Uint32Array(4), out);
  return Uint8Array.from(Array.from(out).flatMap((word) => [word, word >> 8, word >> 16, word >> 24]));
}

export function secretbox(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return concat(nonce, xsalsa20poly1305(key, nonce).encrypt(plaintext));
}

export function openSecretbox(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  return xsalsa20poly1305(key, sealed.slice(0, 24)).decrypt(sealed.slice(24));
}

/** Padmé by the paper's own formula, above 256. */
export function padmeLength(length: number): number {
  if (length <= 256) return 256;
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const mask = 2 ** (e - s) - 1;
  return (length + mask) & ~mask;
}

export function zeroPadded(bytes: Uint8Array): Uint8Array {
  return concat(bytes, new Uint8Array(padmeLength(bytes.length) - bytes.length));
}

const keyId = (key: Uint8Array) => nacl.hash(key).slice(0, 8);

export function encodeHead({ senderKey, recipientKey }: Keys): Uint8Array {
  return concat(utf8("ST"), Uint8Array.of(1, 1), keyId(senderKey), keyId(recipientKey));
}

export function encodeInner(
  input: Keys & {
    context: Context;
    kind: number;
    device: Uint8Array;
    counter: number;
    sentAt: number;
    previous: Uint8Array;
    body: Uint8Array;
  },
): Uint8Array {
  const { context } = input;
  const parts = [
    utf8(context.senderId),
    utf8(context.recipientId),
    input.senderKey,
    input.recipientKey,
    utf8(context.conversationId),
    utf8(context.messageId),
  ].map(lengthPrefixed);
  return concat(
    hash("sotto/context/v1", 32, encodeHead(input), ...parts),
    Uint8Array.of(input.kind),
    input.device,
    bigEndian(input.counter, 8),
    bigEndian(input.sentAt, 8),
    input.previous,
    lengthPrefixed(input.body),
  );
}

/** Seals whatever is given as the inside, well-formed or not. `secretKey` is either side's. */
export function sealInner(keys: Keys, key: Uint8Array, nonce: Uint8Array, inner: Uint8Array): Uint8Array {
  return concat(encodeHead(keys), secretbox(key, nonce, inner));
}

export function openInner(key: Uint8Array, envelope: Uint8Array): Uint8Array {
  return openSecretbox(key, envelope.slice(20));
}

export function sealVault(input: {
  kind: 1 | 2;
  key: Uint8Array;
  nonce: Uint8Array;
  publicKey: Uint8Array;
  secretKey: Uint8Array;
}): Uint8Array {
  const header = concat(utf8("SV"), Uint8Array.of(1, input.kind));
  const inner = concat(header, input.publicKey, input.secretKey);
  return concat(header, secretbox(input.key, input.nonce, inner));
}

export function sealAccount(input: {
  secretKey: Uint8Array;
  nonce: Uint8Array;
  userId: string;
  version: number;
  data: Uint8Array;
}): Uint8Array {
  const header = concat(utf8("SA"), Uint8Array.of(1, 1));
  const user = lengthPrefixed(utf8(input.userId));
  const context = hash("sotto/account-data/context/v1", 32, header, user, bigEndian(input.version, 8));
  const key = hash("sotto/account-data/key/v1", 32, input.secretKey);
  return concat(header, secretbox(key, input.nonce, zeroPadded(concat(context, lengthPrefixed(input.data)))));
}
