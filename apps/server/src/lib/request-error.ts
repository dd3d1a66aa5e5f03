import type { ErrorReason } from "@sotto/protocol";

/** A request that is refused for a reason of its own. The message is one sentence, meant for the person. */
export class RequestError extends Error {
  override name = "RequestError";
  readonly reason: ErrorReason;

  constructor(reason: ErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

export function notSignedIn(): RequestError {
  return new RequestError("not-signed-in", "Sign in first.");
}

export function sessionEnded(): RequestError {
  return new RequestError("session-ended", "This session has ended. Sign in again.");
}

export function unknownUser(): RequestError {
  return new RequestError("unknown-user", "There is nobody with this id.");
}

export function unknownConversation(): RequestError {
  return new RequestError("unknown-conversation", "There is no such conversation, or you are not in it.");
}

export function unknownMessage(): RequestError {
  return new RequestError("unknown-message", "There is no such message in this conversation.");
}

export function socketOnly(): RequestError {
  return new RequestError("socket-only", "Subscriptions are served over WebSocket only, at /api/ws.");
}
