/**
 * How pages talk to the one messenger of this browser.
 *
 * Every tab starts a worker; the worker that holds the Web Lock `lockName` is the host. Pages and host share one
 * BroadcastChannel, and any page may be served by the worker of another tab. Three rules keep it whole when the
 * host's tab closes and another worker takes over, while the one of the closed tab may run on for a moment:
 *
 * - A host announces itself with `ready` under a fresh id, at its start (`begun`) and to every `hello`. Pages hold their
 *   calls until they know a host, and name the one that they mean. A host that hears another begin is none any more; one
 *   that hears another answer a `hello` announces itself again, so that pages believe the right one in the end.
 * - A host says `taken` before it begins a call. When the host's id changes, a page repeats what was never taken, and
 *   of the rest what is `repeatable`; what may have happened already is not done twice, it fails with `interrupted`.
 * - Answers name host, page and call; what another host says of a call than the one that was asked last is not heard.
 *   Nor does a host say that its store was taken over: its successor is about to do the call. Events go to everyone.
 */
import type { ConnectionState, EventName, Messenger, MessengerEvents, OutgoingMessage } from "@sotto/client";

export const channelName = "sotto";
export const lockName = "sotto/messenger";

export type Calls = Pick<
  Messenger,
  | "signUp"
  | "signIn"
  | "recover"
  | "changePassword"
  | "createRecoveryKey"
  | "renewRecoveryKey"
  | "checkRecoveryKey"
  | "deleteAccount"
  | "signOut"
  | "openDirect"
  | "conversations"
  | "history"
  | "firstUnread"
  | "message"
  | "search"
  | "exportPart"
  | "importFile"
  | "cancelImport"
  | "discard"
  | "markRead"
  | "sendTyping"
  | "setPresent"
  | "listPresent"
  | "setPreference"
  | "setDraft"
  | "settings"
  | "setSettings"
  | "safetyNumber"
  | "setVerified"
  | "acceptKey"
  | "acceptRequest"
  | "block"
  | "unblock"
  | "blocked"
  | "request"
> &
  /** A page waits until it is on this device, not until the server has it. */
  Omit<Messenger["queue"], "send"> & {
    /** With an id, so that it may be repeated: a host may have sent it and be gone before it could say so. */
    send(conversationId: string, message: OutgoingMessage & { id: string }): Promise<void>;
  };
export type CallName = keyof Calls;

/** What does no harm when it happens twice. */
export const repeatable: ReadonlySet<CallName> = new Set<CallName>([
  "createRecoveryKey",
  "renewRecoveryKey",
  "checkRecoveryKey",
  "openDirect",
  "conversations",
  "history",
  "firstUnread",
  "message",
  "search",
  "exportPart",
  "cancelImport",
  "send",
  "edit",
  "deleteMessage",
  "react",
  "unreact",
  "markRead",
  "sendTyping",
  "setPresent",
  "listPresent",
  "setPreference",
  "setDraft",
  "settings",
  "setSettings",
  "safetyNumber",
  "setVerified",
  "acceptKey",
  "acceptRequest",
  "block",
  "unblock",
  "blocked",
  "signOut",
]);

export type Snapshot = { user: Messenger["user"]; connection: ConnectionState };

/** An error as it crosses the channel; screens translate its code. */
export type PlainError = { code: string; message: string };

export type BroadcastEvent = {
  [Name in EventName]: { name: Name; payload: MessengerEvents[Name] };
}[EventName];

export type ToHost =
  | { to: "host"; kind: "hello" }
  | { to: "host"; kind: "wake" }
  | { to: "host"; kind: "call"; host: string; page: string; id: number; name: CallName; args: unknown[] };

export type ToPages =
  | { to: "pages"; kind: "ready"; host: string; begun: boolean; snapshot: Snapshot }
  | { to: "pages"; kind: "unavailable"; error: PlainError }
  | { to: "pages"; kind: "taken"; host: string; page: string; id: number }
  | { to: "pages"; kind: "result"; host: string; page: string; id: number; value: unknown }
  | { to: "pages"; kind: "error"; host: string; page: string; id: number; error: PlainError }
  | { to: "pages"; kind: "event"; event: BroadcastEvent };

/** The part of BroadcastChannel that both sides need. */
export type Channel = Pick<BroadcastChannel, "postMessage" | "addEventListener" | "close">;

export function post(channel: Channel, message: ToHost | ToPages): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a channel has one origin
  channel.postMessage(message);
}

/** An error that crossed the channel, on the page's side. */
export class PortError extends Error {
  readonly code: string;

  constructor(error: PlainError) {
    super(error.message);
    this.name = "PortError";
    this.code = error.code;
  }
}

/** Errors of the messenger carry a `code` and a sentence; anything else is a fault of ours and says so. */
export function toPlainError(error: unknown): PlainError {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return { code: error.code, message: error.message };
  }
  return { code: "internal", message: "Something went wrong in Sotto." };
}
