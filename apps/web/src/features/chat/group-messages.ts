import type { Message } from "@sotto/client";
import { toDayKey } from "../../lib/time.ts";

/** Messages of one sender that follow each other closely. */
export type Run = { senderId: string; messages: Message[] };
export type Day = { key: string; firstAt: string; runs: Run[] };

/** A longer pause begins a new run. */
const maxPauseMs = 5 * 60_000;

/** Newest first in, as the history comes; days and runs, oldest first, out. */
export function groupMessages(newestFirst: readonly Message[]): Day[] {
  const days: Day[] = [];
  let previous: Message | undefined;
  for (const message of newestFirst.toReversed()) {
    const key = toDayKey(new Date(message.createdAt));
    let day = days.at(-1);
    if (day?.key !== key) {
      day = { key, firstAt: message.createdAt, runs: [] };
      days.push(day);
    }
    const run = day.runs.at(-1);
    if (run && previous && continuesRun(previous, message)) run.messages.push(message);
    else day.runs.push({ senderId: message.senderId, messages: [message] });
    previous = message;
  }
  return days;
}

function continuesRun(previous: Message, next: Message): boolean {
  const pauseMs = Date.parse(next.createdAt) - Date.parse(previous.createdAt);
  return previous.senderId === next.senderId && pauseMs <= maxPauseMs;
}

/**
 * Whether time and mark stand visibly beside the message: at the end of a run, and wherever the next message of the
 * run is in another state.
 */
export function showsMeta(run: Run, index: number): boolean {
  const message = run.messages[index];
  const next = run.messages[index + 1];
  return next === undefined || (message?.state !== next.state && next.state !== "unread");
}
