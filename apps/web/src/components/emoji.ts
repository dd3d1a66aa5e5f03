/** All emoji with the names that people know them by in English; large, so only what is opened on demand imports it. */
import { gemoji } from "gemoji";

export type Emoji = { emoji: string; name: string; shortcodes: string[] };

type Known = (typeof gemoji)[number];

export const emojiGroups = [
  ["smileys", "Smileys & Emotion"],
  ["people", "People & Body"],
  ["nature", "Animals & Nature"],
  ["food", "Food & Drink"],
  ["travel", "Travel & Places"],
  ["activities", "Activities"],
  ["objects", "Objects"],
  ["symbols", "Symbols"],
  ["flags", "Flags"],
] as const;
export type EmojiGroup = (typeof emojiGroups)[number][0];

export function listEmoji(group: EmojiGroup): Emoji[] {
  const category = emojiGroups.find(([key]) => key === group)?.[1];
  return gemoji.filter((known) => known.category === category).map(toEmoji);
}

/** What is called so comes first, then what begins so, then what has to do with it. */
export function searchEmoji(text: string, limit: number): Emoji[] {
  const query = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "_");
  if (query === "") return [];
  const ranked = gemoji.map((known) => ({ known, rank: rankOf(known, query) }));
  return ranked
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, limit)
    .map(({ known }) => toEmoji(known));
}

/** `tada` → 🎉 */
export function findByShortcode(shortcode: string): string | null {
  return gemoji.find(({ names }) => names.includes(shortcode.toLowerCase()))?.emoji ?? null;
}

function rankOf({ names, tags, description }: Known, query: string): number {
  if (names.includes(query) || tags.includes(query)) return 4;
  if (names.some((name) => name.startsWith(query))) return 3;
  if (names.some((name) => name.includes(`_${query}`)) || tags.some((tag) => tag.startsWith(query))) return 2;
  return description.toLowerCase().replaceAll(" ", "_").includes(query) ? 1 : 0;
}

function toEmoji({ emoji, names, description }: Known): Emoji {
  return { emoji, name: description, shortcodes: names };
}
