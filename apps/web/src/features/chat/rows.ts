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
/** The other one's key was another from here on. */
type KeyChangeRow = { kind: "key-change"; key: string; at: string };
export type Row = { kind: "beginning"; key: "beginning" } | MessageRow | KeyChangeRow;

/** A longer pause begins a new run. */
const maxPauseMs = 5 * 60_000;

/**
 * Newest first in, as the history comes; rows, oldest first, out. `complete`: they reach back to the beginning; `behind`:
 * newer ones are not loaded. `keyChanges`: times, oldest first; those outside of what is loaded have no row.
 */
export function toRows(
  newestFirst: readonly Message[],
  complete: boolean,
  firstNewId: string | null,
  { keyChanges = [], behind = false }: { keyChanges?: readonly string[]; behind?: boolean } = {},
): Row[] {
  const rows: Row[] = complete ? [{ kind: "beginning", key: "beginning" }] : [];
  let last: MessageRow | undefined;
  let lastDay = "";
  let nextChange = 0;
  /** True where there was one. */
  const addChangesBefore = (time: number, shown: boolean): boolean => {
    const first = nextChange;
    for (let at = keyChanges[first]; at !== undefined && Date.parse(at) < time; at = keyChanges[nextChange]) {
      if (shown) rows.push({ kind: "key-change", key: `key-change-${at}`, at });
      nextChange += 1;
    }
    return shown && nextChange > first;
  };
  for (const message of newestFirst.toReversed()) {
    // Before the oldest one that is loaded others may stand.
    const parted = addChangesBefore(Date.parse(message.createdAt), complete || last !== undefined);
    const day = toDayKey(new Date(message.createdAt));
    // Whether the oldest one does is not known before what is older is there.
    const startsDay = last ? day !== lastDay : complete;
    const startsNew = message.id === firstNewId;
    const startsRun = startsDay || startsNew || parted || !last || !continuesRun(last.message, message);
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
  addChangesBefore(Number.POSITIVE_INFINITY, !behind && (complete || last !== undefined));
  return rows;
}

/** The message that stands there, or the next one above. */
export function findMessageAt(rows: readonly Row[], key: string | null): string | null {
  const index = rows.findIndex((row) => row.key === key);
  return rows.slice(0, index + 1).findLast(({ kind }) => kind === "message")?.key ?? null;
}

function continuesRun(previous: Message, next: Message): boolean {
  const pauseMs = Date.parse(next.createdAt) - Date.parse(previous.createdAt);
  return previous.senderId === next.senderId && pauseMs <= maxPauseMs;
}

/** In px, near enough for a scroll bar until the row is measured. */
export function estimateHeight(row: Row | undefined): number {
  if (row?.kind === "key-change") return 56;
  if (row?.kind !== "message") return 240;
  const lines = row.message.text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 64), 0);
  return 17 + Math.min(lines, 400) * 24 + (row.endsRun ? 12 : 2) + (row.startsDay ? 60 : 0);
}
