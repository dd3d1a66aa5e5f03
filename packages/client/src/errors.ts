import { CryptoError } from "@sotto/crypto";
import { TRPCClientError } from "@trpc/client";
import * as z from "zod/mini";
import { type ErrorReason, errorReasonSchema } from "@sotto/protocol";

/** Everything that the messenger itself refuses, beside the server's reasons. */
export type SottoErrorCode =
  | ErrorReason
  | "already-signed-in"
  | "blocked"
  | "closed"
  | "empty-message"
  | "import-running"
  | "key-changed"
  | "message-too-large"
  | "not-an-export"
  | "not-possible"
  | "not-your-export"
  | "not-yours"
  | "offline"
  | "store-in-use"
  | "store-unreadable"
  | "untrusted-answer"
  | "weak-password"
  | "wrong-recovery-key";

/** `message` is a sentence for people; `code` is for programs. */
export class SottoError extends Error {
  override readonly name = "SottoError";
  readonly code: SottoErrorCode;

  constructor(code: SottoErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The reason that the server gave, or null where the call never got an answer (network, restart, time-out). */
export function serverReason(error: unknown): ErrorReason | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null || !("reason" in data)) return null;
  const reason = errorReasonSchema.safeParse(data.reason);
  return reason.success ? reason.data : null;
}

/** Refusals that pass: the same call may be repeated later. */
export const passingReasons: ReadonlySet<ErrorReason> = new Set<ErrorReason>([
  "internal",
  "unavailable",
  "rate-limited",
  "not-signed-in",
  "session-ended",
]);

export function unknownMessage(): SottoError {
  return new SottoError("unknown-message", "There is no such message in this conversation.");
}

/** What the server said is not what it must be: broken, sealed for something else, or of the wrong shape. */
export function isDistrust(error: unknown): boolean {
  return (
    error instanceof CryptoError ||
    error instanceof z.core.$ZodError ||
    (error instanceof SottoError && error.code === "untrusted-answer")
  );
}

/** What callers of the messenger see of a failed call. */
export function toSottoError(error: unknown): SottoError {
  if (error instanceof SottoError) return error;
  const options = { cause: error };
  const reason = serverReason(error);
  if (reason !== null) return new SottoError(reason, (error as Error).message, options);
  if (error instanceof TRPCClientError) {
    const text = "The server can't be reached right now. Check the connection and try again.";
    return new SottoError("offline", text, options);
  }
  if (isDistrust(error)) {
    const text = "The server gave an answer that does not fit, and it was not used. Tell whoever runs it.";
    return new SottoError("untrusted-answer", text, options);
  }
  return new SottoError("internal", `Something went wrong on this device: ${String(error)}`, options);
}
