/**
 * Which part of a conversation is loaded: `count` messages older than `before`, or the newest ones. It grows at both
 * ends as one scrolls and is cut at the other end when it gets long, so that asking for it again stays cheap.
 */
export type HistoryWindow = { before: string | null; count: number };

export const pageSize = 60;
const maxCount = 360;

export const newestWindow: HistoryWindow = { before: null, count: pageSize };
/** With more unread ones than these, the oldest of them may be outside, or without anything before it to read on from. */
export const newestHolds = 40;

export function isSameWindow(a: HistoryWindow, b: HistoryWindow): boolean {
  return a.before === b.before && a.count === b.count;
}

/** `ids` are those that are loaded, newest first. */
export function growOlder({ before, count }: HistoryWindow, ids: readonly string[]): HistoryWindow {
  const excess = count + pageSize - maxCount;
  const cutAt = excess > 0 ? ids[excess - 1] : undefined;
  return cutAt === undefined ? { before, count: count + pageSize } : { before: cutAt, count: maxCount };
}

/** `newerIds` are up to one more than a page that follow the window, newest first: without that one more, this is all. */
export function growNewer({ count }: HistoryWindow, newerIds: readonly string[]): HistoryWindow {
  const all = newerIds.length <= pageSize;
  const added = all ? newerIds.length : newerIds.length - 1;
  return { before: all ? null : (newerIds[0] ?? null), count: Math.min(count + added, maxCount) };
}
