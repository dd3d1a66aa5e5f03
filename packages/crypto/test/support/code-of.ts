import { CryptoError, type CryptoErrorCode } from "../../src/index.ts";

/** The code of the `CryptoError` that `action` throws, or "nothing thrown". Any other error is passed on. */
export function codeOf(action: () => unknown): CryptoErrorCode | "nothing thrown" {
  try {
    action();
  } catch (error) {
    if (error instanceof CryptoError) return error.code;
    throw error;
  }
  return "nothing thrown";
}
