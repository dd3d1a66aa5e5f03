import { TRPCClientError } from "@trpc/client";
import { type ErrorReason, errorReasonSchema } from "@sotto/protocol";

/** Everything that the messenger itself refuses, beside the server's reasons. */
export type SottoErrorCode =
  | ErrorReason
  | "already-signed-in"
  | "closed"
  | "empty-message"
  | "key-changed"
  | "message-too-large"
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

/** What callers of the messenger see of a failed call. */
export function toSottoError(error: unknown): SottoError {
  if (error instanceof SottoError) return error;
  const reason = serverReason(error);
  if (reason !== null) return new SottoError(reason, (error as Error).message, { cause: error });
  return new SottoError(
    "offline",
    "The server can't be reached right now. Check the connection and try again.",
    {
      cause: error,
    },
  );
}
