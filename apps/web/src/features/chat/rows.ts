import type { Message } from "@sotto/client";
import { toDayKey } from "../../lib/time.ts";

/** One line of the log. What stands before a message (its day, the divider) is part of its row: rows are messages. */
export type MessageRow = {
  kind: "message";
  key: string;
  message: Message;
  /** First of its local day. */
  startsDay: boolean;
  /** First of what was new. */
  startsNew: boolean;
  /** First and last of those that one sender wrote close together. */
  startsRun: boolean;
  endsRun: boolean;
  /** Time and mark stand visibly beside it. */
  meta: boolean;
};
export type Row = { kind: "beginning"; key: "beginning" } | MessageRow;

/** A longer pause begins a new run. */
const maxPauseMs = 5 * 60_000;

/** Newest first in, as the history comes; rows, oldest first, out. `complete`: they reach back to the beginning. */
export function toRows(newestFirst: readonly Message[], complete: boolean, firstNewId: string | null): Row[] {
  const rows: Row[] = complete ? [{ kind: "beginning", key: "beginning" }] : [];
  let last: MessageRow | undefined;
  let lastDay = "";
  for (const message of newestFirst.toReversed()) {
    const day = toDayKey(new Date(message.createdAt));
    // Whether the oldest one does is not known before what is older is there.
    const startsDay = last ? day !== lastDay : complete;
    const startsNew = message.id === firstNewId;
    const startsRun = startsDay || startsNew || !last || !continuesRun(last.message, message);
    if (last && !startsRun) {
      last.endsRun = false;
      // Within a run, only where the next message is in another state.
      last.meta = last.message.state !== message.state && message.state !== "unread";
    }
    last = {
      kind: "message",
      key: message.id,
      message,
      startsDay,
      startsNew,
      startsRun,
      endsRun: true,
      meta: true,
    };
    lastDay = day;
    rows.push(last);
  }
  return rows;
}

function continuesRun(previous: Message, next: Message): boolean {
  const pauseMs = Date.parse(next.createdAt) - Date.parse(previous.createdAt);
  return previous.senderId === next.senderId && pauseMs <= maxPauseMs;
}

/** In px, near enough for a scroll bar until the row is measured. */
export function estimateHeight(row: Row | undefined): number {
  if (row?.kind !== "message") return 240;
  const lines = row.message.text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 64), 0);
  return 17 + Math.min(lines, 400) * 24 + (row.endsRun ? 12 : 2) + (row.startsDay ? 60 : 0);
}
