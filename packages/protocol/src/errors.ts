import * as z from "zod/mini";

/**
 * Why the server refused, as a literal that programs can switch on. It travels as `data.reason` of a tRPC error
 * and as `reason` of a refused message.
 */
export const errorReasons = [
  "bad-input",
  "bad-cursor",
  "bad-public-key",
  "username-taken",
  "unknown-user",
  "unknown-conversation",
  "unknown-message",
  "unknown-session",
  "wrong-credentials",
  "registration-closed",
  "invite-code-wrong",
  "challenge-expired",
  "not-signed-in",
  "session-ended",
  "rate-limited",
  "to-yourself",
  "wrong-recipients",
  "envelope-invalid",
  "envelope-too-large",
  "id-conflict",
  "version-conflict",
  "too-many-subscriptions",
  "too-many-blocks",
  "socket-only",
  "unavailable",
  "internal",
] as const;

export const errorReasonSchema = z.enum(errorReasons);
export type ErrorReason = z.infer<typeof errorReasonSchema>;

/** Close codes of `/api/ws` beyond RFC 6455. */
export const closeCodes = {
  /** The token ran out: refresh the session, then connect again. */
  tokenExpired: 4401,
  /** The session was ended: do not connect again, sign in. */
  sessionRevoked: 4501,
  /** RFC 6455: over a cap of the socket. The call that was too much has been refused with the reason. */
  policyViolation: 1008,
  /** RFC 6455: the server restarts, connect again. */
  serviceRestart: 1012,
} as const;
