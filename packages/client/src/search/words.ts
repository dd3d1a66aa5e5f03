/** A word of a text as it is compared, and where it stands in the text, in UTF-16 code units. */
export type Word = { word: string; start: number; end: number };

const pattern = /[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu;
/** Scripts that write no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The words of a text, without case, accents and vowel marks. Where a script has no spaces, each sign with the next one
 * is a word, so that any part of a sentence is found.
 */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: found, index }) =>
    unspaced.test(found)
      ? pairsOf(found, index)
      : [{ word: normalise(found), start: index, end: index + found.length }],
  );
}

function pairsOf(found: string, offset: number): Word[] {
  const signs = Array.from(found);
  let start = offset;
  return signs.map((sign, index) => {
    const word = sign + (signs[index + 1] ?? "");
    const pair = { word: normalise(word), start, end: start + word.length };
    start += sign.length;
    return pair;
  });
}

function normalise(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
}
