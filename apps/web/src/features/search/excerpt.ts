export type Piece = { text: string; found: boolean };

const leadLength = 40;
const maxLength = 200;

/** A line of the message around the first place that was found, cut into what was found and what was not. */
export function toExcerpt(text: string, ranges: readonly { start: number; end: number }[]): Piece[] {
  const first = ranges[0]?.start ?? 0;
  const start = first <= leadLength ? 0 : toWordStart(text, first - leadLength);
  const end = text.length <= start + maxLength ? text.length : toWordEnd(text, start + maxLength);
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

/** Behind the next space that is near, or else between two characters. */
function toWordStart(text: string, from: number): number {
  const space = text.slice(from, from + leadLength).search(/\s/);
  return space === -1 ? toCharacterStart(text, from) : from + space + 1;
}

/** Before the last space that is near, or else between two characters. */
function toWordEnd(text: string, to: number): number {
  const end = text.slice(to - leadLength, to + 1).search(/\s\S*$/);
  return end === -1 ? toCharacterStart(text, to) : to - leadLength + end;
}

/** Not between the two halves of a surrogate pair. */
function toCharacterStart(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;
}
