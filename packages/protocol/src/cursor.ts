import * as z from "zod/mini";

/**
 * A place in a user's feed: the number of the last applied event and the 8 random bytes (as 16 hex digits) that the
 * server drew when it wrote that event. `0` is the beginning. A server honours a cursor only if it holds an event
 * with that number and that tag: after a restored backup the numbers return, the tags do not.
 */
export type Cursor = { seq: number; tag: string | null };

export const startCursor = "0";
const pattern = /^(?:0|([1-9]\d{0,14})\.([0-9a-f]{16}))$/;

export const cursorSchema = z.string().check(z.regex(pattern, "must be 0 or <number>.<16 hex digits>"));

/** Null where the text is not a cursor. */
export function parseCursor(text: string): Cursor | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, seq, tag] = match;
  return seq === undefined || tag === undefined ? { seq: 0, tag: null } : { seq: Number(seq), tag };
}

export function formatCursor(cursor: Cursor): string {
  return cursor.tag === null ? startCursor : `${cursor.seq}.${cursor.tag}`;
}
