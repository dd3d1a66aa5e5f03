/*
 * Account data: what an account carries to all its devices (pins, settings, drafts), sealed under a key that only
 * the account's secret gives.
 *
 *   sealed  = header 4 | nonce 24 | secretbox(inner)
 *   header  = "SA" | version of the format 1 | suite 1
 *   inner   = context 32 | length u32 | data | zeros, up to the padded length (padding.ts) of 36 + length
 *   context = first 32 bytes of SHA-512("sotto/account-data/context/v1\0" | header 4 | lp(userId) | version u64)
 *   key     = first 32 bytes of SHA-512("sotto/account-data/key/v1\0" | secret key 32)
 *
 * The version is the number under which the server stores the data. Bound inside, it stops the server from showing
 * an old state under a new number; that a lower number is never accepted is for the client to remember.
 */
import nacl from "tweetnacl";
import {
  concatBytes,
  idBytes,
  isSafeCount,
  isZero,
  lengthPrefixed,
  readU32,
  u32,
  u64,
  type Bytes,
} from "./bytes.ts";
import { CryptoError } from "./errors.ts";
import { domainHash } from "./hash.ts";
import type { SecretKey } from "./key-pair.ts";
import { paddedLength } from "./padding.ts";
import { openSecretbox, sealSecretbox, secretboxFixedBytes } from "./secretbox.ts";

declare const accountDataKeyBrand: unique symbol;

/** 32 bytes. */
export type AccountDataKey = Bytes & { readonly [accountDataKeyBrand]: true };

/** What `sealAccountData` takes at most; sealed it stays below 512 KiB. */
export const accountDataMaxBytes = 500 * 1024;

const header = Uint8Array.of(0x53, 0x41, 1, 1);
const contextBytes = 32;
const innerFixedBytes = contextBytes + 4;

export function accountDataKey(secretKey: SecretKey): AccountDataKey {
  return domainHash("sotto/account-data/key/v1", 32, secretKey) as AccountDataKey;
}

/**
 * Seals the data of a user for the version under which it will be stored.
 * @throws CryptoError `too-large`, `bad-number` (version not an integer from 1 to 2^53 − 1), `bad-id`
 */
export function sealAccountData(input: {
  key: AccountDataKey;
  userId: string;
  version: number;
  data: Uint8Array;
}): Bytes {
  const { key, data } = input;
  if (data.length > accountDataMaxBytes) {
    throw new CryptoError(
      "too-large",
      `The account data is ${data.length} bytes; the limit is ${accountDataMaxBytes}`,
    );
  }
  const inner = new Uint8Array(paddedLength(innerFixedBytes + data.length));
  inner.set(concatBytes(hashContext(input), u32(data.length), data));
  const sealed = sealSecretbox(key, header, inner);
  inner.fill(0);
  return sealed;
}

/**
 * @throws CryptoError `bad-account-data`, `unknown-version`, `unknown-suite`, `cannot-open`, `wrong-context` (another
 *   user's, or another version), `bad-padding`, `bad-number`, `bad-id`
 */
export function openAccountData(input: {
  key: AccountDataKey;
  userId: string;
  version: number;
  sealed: Uint8Array;
}): Bytes {
  const { key, sealed } = input;
  const minBytes = header.length + secretboxFixedBytes + paddedLength(innerFixedBytes);
  if (sealed.length < minBytes || sealed[0] !== header[0] || sealed[1] !== header[1]) {
    throw new CryptoError("bad-account-data", "These bytes are not sealed account data");
  }
  if (sealed[2] !== header[2]) {
    throw new CryptoError("unknown-version", `Account data format ${sealed[2]} is not known here`);
  }
  if (sealed[3] !== header[3])
    throw new CryptoError("unknown-suite", `Account data suite ${sealed[3]} is not known here`);

  const inner = openSecretbox(key, sealed.subarray(header.length), "The account data");
  try {
    if (!nacl.verify(inner.subarray(0, contextBytes), hashContext(input))) {
      throw new CryptoError("wrong-context", "The account data was sealed for another user or version");
    }
    const end = innerFixedBytes + readU32(inner, contextBytes);
    if (end > inner.length || inner.length !== paddedLength(end) || !isZero(inner, end)) {
      throw new CryptoError("bad-padding", "The account data is not padded as prescribed");
    }
    return inner.slice(innerFixedBytes, end);
  } finally {
    inner.fill(0);
  }
}

function hashContext({ userId, version }: { userId: string; version: number }): Bytes {
  if (!isSafeCount(version, 1)) {
    throw new CryptoError("bad-number", "The account data version must be an integer from 1 to 2^53 − 1");
  }
  const user = lengthPrefixed(idBytes(userId, "The user id"));
  return domainHash("sotto/account-data/context/v1", contextBytes, header, user, u64(version));
}
