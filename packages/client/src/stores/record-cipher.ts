import { type CryptoError, openRecord, sealRecord } from "@sotto/crypto";
import { SottoError } from "../errors.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Seals one value under the storage key. The record's name is sealed with it and compared at opening, so that whoever
 * can write to the disk cannot put one record in another's place unnoticed.
 */
export function sealValue(storageKey: Uint8Array, name: string, value: unknown): Uint8Array {
  return sealRecord(storageKey, encoder.encode(JSON.stringify([name, value])));
}

/** @throws SottoError `store-unreadable` when the key is another or the bytes were changed. */
export function openValue(storageKey: Uint8Array, name: string, sealed: Uint8Array): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoder.decode(openRecord(storageKey, sealed)));
  } catch (error) {
    throw unreadable(error as CryptoError | SyntaxError);
  }
  if (!Array.isArray(parsed) || parsed[0] !== name) throw unreadable();
  return parsed[1] as unknown;
}

function unreadable(cause?: Error): SottoError {
  return new SottoError(
    "store-unreadable",
    "The local store can't be read: it was encrypted with another key, or damaged. Erase it and sign in again.",
    { cause },
  );
}
