/**
 * What a client says about itself: one JSON object a line, written before a call is made and before the next event
 * is taken, in one system call, so that a killed process leaves everything it saw and at most a broken last line.
 */
import type { MessageState, Receipt } from "@sotto/client";

/** A message as a client shows it. */
export type Shown = {
  id: string;
  conversationId: string;
  senderId: string;
  text: string;
  createdAt: string;
  state: MessageState;
  /** What a person reads of a message that the server refused. */
  refusal?: string;
  /** What the client says is wrong with it: unreadable, missing ones before it, tampered with. */
  complaint?: string;
};

export type Entry =
  /** A process took the device up; the cursor is what its store held. */
  | { kind: "started"; cursor: string | null }
  /** The store was emptied: the device begins anew. */
  | { kind: "erased" }
  | { kind: "signed-in"; userId: string }
  /** It was told to leave, and now begins to: it may be signed out once, whenever that takes effect. */
  | { kind: "leaving"; how: "revoke" | "sign-out" }
  /** A sign-up or sign-in that did not come through; it is tried again. */
  | { kind: "not-in"; reason: string }
  | { kind: "invoked"; number: number; conversationId: string; text: string }
  | { kind: "acknowledged"; number: number; id: string; createdAt: string }
  /** `said`: what a person would have read. */
  | { kind: "failed"; number: number; reason: string; said?: string }
  | { kind: "applied"; message: Shown }
  | { kind: "receipt"; receipt: Receipt }
  /** The store has everything up to here. */
  | { kind: "cursor"; cursor: string }
  | { kind: "connection"; state: string }
  /** A page of the history at the end of the run. */
  | { kind: "history"; messages: Shown[] }
  /** Closed properly after the whole history. */
  | { kind: "finished" };

export type Line = Entry & { atMs: number };

/** Everything one device wrote, life by life. */
export type DeviceLog = { device: string; lives: Line[][] };

/** @throws SyntaxError for a broken line that is not the last one */
export function parseJournal(text: string): Line[] {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}
