import { CryptoError, decodeBase64, parsePublicKey } from "@sotto/crypto/inspect";
import { RequestError } from "./request-error.ts";

/**
 * Strict: the one canonical encoding, no space, no stray bit.
 * @throws RequestError `bad-input` naming the field
 */
export function assertBase64(field: string, text: string, byteLength?: number): void {
  const bytes = refuseCrypto("bad-input", field, () => decodeBase64(text));
  if (byteLength !== undefined && bytes.length !== byteLength) {
    throw new RequestError("bad-input", `${field} must hold ${byteLength} bytes, not ${bytes.length}.`);
  }
}

/** @throws RequestError `bad-public-key` */
export function assertPublicKey(publicKey: string): void {
  refuseCrypto("bad-public-key", "publicKey", () => parsePublicKey(publicKey));
}

function refuseCrypto<T>(reason: "bad-input" | "bad-public-key", field: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof CryptoError) throw new RequestError(reason, `${field}: ${error.message}.`);
    throw error;
  }
}
