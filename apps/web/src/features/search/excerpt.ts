export type Piece = { text: string; found: boolean };

const leadLength = 40;
const maxLength = 200;

/** A line of the message around the first place that was found, cut into what was found and what was not. */
export function toExcerpt(text: string, ranges: readonly { start: number; end: number }[]): Piece[] {
  const first = ranges[0]?.start ?? 0;
  const start = first <= leadLength ? 0 : toWordStart(text, first - leadLength);
  const end = Math.min(text.length, start + maxLength);
  const pieces: Piece[] = [];
  const add = (from: number, to: number, found: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to).replaceAll(/\s+/g, " "), found });
  };
  let at = start;
  for (const range of ranges) {
    if (range.start < at || range.start >= end) continue;
    add(at, range.start, false);
    add(range.start, Math.min(range.end, end), true);
    at = Math.min(range.end, end);
  }
  add(at, end, false);
  if (start > 0) pieces.unshift({ text: "…", found: false });
  if (end < text.length) pieces.push({ text: "…", found: false });
  return pieces;
}

function toWordStart(text: string, from: number): number {
  const space = text.indexOf(" ", from);
  return space === -1 || space > from + leadLength ? from : space + 1;
}
