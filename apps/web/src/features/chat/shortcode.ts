/** What stands before the caret: `:ta` is begun, `:tada:` is whole; both only where a word could begin. */
export type Shortcode = { start: number; name: string; whole: boolean };

const pattern = /(?:^|[\s(])(:([\p{L}\d_+-]{2,})(:?))$/u;

export function findShortcode(textBeforeCaret: string): Shortcode | null {
  const match = pattern.exec(textBeforeCaret);
  const [, written = "", name = "", end] = match ?? [];
  if (!match) return null;
  return { start: textBeforeCaret.length - written.length, name, whole: end === ":" };
}
