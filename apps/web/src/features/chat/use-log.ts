/**
 * Where the log stands. At the end it follows what arrives; anywhere else the row at the top edge stays where it is,
 * whatever is added, removed or measured above it: that is the virtualizer's part, by the keys of the rows. The
 * browser's own scroll anchoring is off in the styles.
 */
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { VirtualItem, Virtualizer } from "@tanstack/react-virtual";
import type { HistoryWindow } from "./history-window.ts";
import { estimateHeight } from "./rows.ts";
import type { Row } from "./rows.ts";

const nearEndPx = 48;
/** So far from either edge, more is loaded. */
const reachPx = 1_500;

/** `lowestKey`: the lowest row that can be seen. */
export type View = { atEnd: boolean; lowestKey: string | null };

/** Where a person left a conversation: the row at the top edge, and how far that had passed it. */
export type Place = { window: HistoryWindow; key: string; passedPx: number; sizes: VirtualItem[] };

type Options = {
  rows: Row[];
  /** Where to open: where it was left, at the end, or where whoever else moves it puts it. */
  place: Place | "end" | "elsewhere";
  /** Rows are missing behind the last one. */
  behind: boolean;
  /** What `onView` said last. */
  atEnd: boolean;
  onView: (view: View) => void;
  onNearStart: () => void;
  onNearEnd: () => void;
};

export function useLog({ rows, place, behind, atEnd, onView, onNearStart, onNearEnd }: Options) {
  const log = useRef<HTMLDivElement>(null);
  const following = useRef(place === "end");
  // oxlint-disable-next-line react/incompatible-library -- that is about the React Compiler, which is not used here
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => log.current,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => estimateHeight(rows[index]),
    // Near the end; from there the layout effect below brings it to its place before anything is painted.
    initialOffset: () => rows.reduce((sum, row) => sum + estimateHeight(row), 0),
    initialMeasurementsCache: typeof place === "string" ? [] : place.sizes,
    anchorTo: "end",
    // By itself it takes itself to be where it was until the event of its own scrolling has come.
    followOnAppend: atEnd && !behind,
    scrollEndThreshold: nearEndPx,
    // More than a turn of the wheel: what comes into sight has been measured by then, and moves nothing.
    overscan: 8,
    paddingStart: 8,
    paddingEnd: 12,
    scrollPaddingStart: 48,
  });

  const look = useCallback(() => {
    const element = log.current;
    if (!element) return;
    const bottom = element.scrollTop + element.clientHeight;
    const below = element.scrollHeight - bottom;
    following.current = below < nearEndPx && !behind;
    onView({
      atEnd: following.current,
      lowestKey: findLowestKey(virtualizer, bottom),
    });
    if (element.scrollTop < reachPx) onNearStart();
    if (below < reachPx) onNearEnd();
  }, [virtualizer, behind, onView, onNearStart, onNearEnd]);

  const opened = useRef(false);
  useLayoutEffect(() => {
    if (opened.current) return;
    opened.current = true;
    if (place === "elsewhere") return;
    const left = place === "end" ? -1 : rows.findIndex(({ key }) => key === place.key);
    const start = virtualizer.measurementsCache[left]?.start;
    if (place === "end" || start === undefined) virtualizer.scrollToEnd();
    else virtualizer.scrollToOffset(start + place.passedPx);
  }, [virtualizer, rows, place]);

  useEffect(look, [look, rows]);

  // A field that grows below takes its height from the log.
  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (following.current) virtualizer.scrollToEnd();
      look();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [virtualizer, look]);

  /** Null at the end: there one is found again without it. */
  const findPlace = useCallback((): Omit<Place, "window"> | null => {
    const offset = virtualizer.scrollOffset ?? 0;
    const item = virtualizer.getVirtualItemForOffset(offset);
    if (following.current || !item) return null;
    return { key: String(item.key), passedPx: offset - item.start, sizes: virtualizer.takeSnapshot() };
  }, [virtualizer]);

  return { log, virtualizer, look, findPlace };
}

/** The lowest row of which at least half can be seen. */
function findLowestKey(virtualizer: Virtualizer<HTMLDivElement, Element>, bottom: number): string | null {
  const item = virtualizer.getVirtualItemForOffset(bottom);
  if (!item) return null;
  const seen = (item.start + item.end) / 2 <= bottom ? item : virtualizer.measurementsCache[item.index - 1];
  return seen ? String(seen.key) : null;
}
