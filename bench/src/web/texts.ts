import type { Random } from "@sotto/chaos/random";

const vocabularySize = 20_000;
const syllables =
  "ba be bri co da den el fa ge hin ir ja ko la lum mar mi na no or pa pel qui ra ro sa ster ti tu va wen zo".split(
    " ",
  );

/**
 * Writes sentences of invented words. The words are as many, and as unevenly frequent (Zipf's law), as in a year of
 * somebody's mail: that is what a search index has to cope with.
 */
export function createTexts(random: Random): () => string {
  const words = new Set<string>();
  while (words.size < vocabularySize) {
    words.add(Array.from({ length: random.integer(1, 4) }, () => random.pick(syllables)).join(""));
  }
  const vocabulary = [...words];
  const word = () => vocabulary[Math.floor(vocabularySize ** random.next()) - 1] ?? "";
  return () => {
    // Mostly a line, sometimes a paragraph.
    const length = random.chance(0.1) ? random.integer(30, 80) : random.integer(2, 18);
    const text = Array.from({ length }, word).join(" ");
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
}
