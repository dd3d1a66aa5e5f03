/** How a word of a message answers to a word of a query. */
export type Match = "prefix" | "typo" | null;

/** The word begins with the term, or with something that differs from it by one slip of the fingers, long ones by two. */
export function matchWord(term: string, word: string): Match {
  if (word.startsWith(term)) return "prefix";
  const slips = term.length >= 8 ? 2 : term.length >= 4 ? 1 : 0;
  // Almost nobody gets the first letter wrong, but some put it second.
  const beginsAlike = word[0] === term[0] || (word[0] === term[1] && word[1] === term[0]);
  if (slips === 0 || !beginsAlike || word.length < term.length - slips) return null;
  return prefixDistance(term, word, slips) <= slips ? "typo" : null;
}

/**
 * Optimal string alignment distance (Levenshtein, and swapped neighbours count once) between a term and that beginning
 * of a word which is nearest to it; more than `max` where it is farther.
 */
function prefixDistance(term: string, word: string, max: number): number {
  const width = Math.min(word.length, term.length + max);
  let beforeLast: number[] = [];
  let last = Array.from({ length: width + 1 }, (_, column) => column);
  for (let row = 1; row <= term.length; row += 1) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= width; column += 1) {
      const same = term[row - 1] === word[column - 1];
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && term[row - 1] === word[column - 2] && term[row - 2] === word[column - 1])
        distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      current.push(distance);
      best = Math.min(best, distance);
    }
    if (best > max) return best;
    beforeLast = last;
    last = current;
  }
  return Math.min(...last);
}
