import { matchWord } from "./match-word.ts";

/** A message as the index knows it: where it is, and its words, each once. */
export type Indexed = {
  id: string;
  conversationId: string;
  senderId: string;
  createdAt: string;
  words: string[];
};

export type IndexQuery = {
  /** Words as `wordsOf` gives them; a message has to answer to each. None: every message does. */
  terms: readonly string[];
  limit: number;
  conversationId?: string;
  senderId?: string;
  /** Times, exclusive. */
  before?: string;
  after?: string;
};

type Entry = Omit<Indexed, "words"> & { wordNumbers: number[] };

/** A query has few words; what is beyond is not looked at. */
const maxTerms = 30;

/**
 * An inverted index in memory. Words and messages have numbers in the order of their arrival; a message that changes
 * gets a new one. Answers are the newest messages first: those that have every word of the query or begin with it,
 * then, if there is room, those that do but for a slip.
 */
export function createWordIndex() {
  const vocabulary: string[] = [];
  const wordNumbers = new Map<string, number>();
  /** By number of the word: numbers of the messages that have it. */
  const postings: number[][] = [];
  const entries: (Entry | null)[] = [];
  const numberOf = new Map<string, number>();
  /** Numbers of messages, some of them removed since; null where they have to be sorted again. */
  let oldestFirst: number[] | null = [];

  function numberOfWord(word: string): number {
    const known = wordNumbers.get(word);
    if (known !== undefined) return known;
    vocabulary.push(word);
    postings.push([]);
    wordNumbers.set(word, vocabulary.length - 1);
    return vocabulary.length - 1;
  }

  function remove(id: string): void {
    const number = numberOf.get(id);
    if (number === undefined) return;
    // Its number stays in the postings, and means nothing any more.
    entries[number] = null;
    numberOf.delete(id);
  }

  function timeOf(number: number | undefined): string {
    return entries[number ?? -1]?.createdAt ?? "";
  }

  function sorted(): readonly number[] {
    oldestFirst ??= [...numberOf.values()].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
    return oldestFirst;
  }

  /** Mostly it is the newest one so far. */
  function placeInOrder(number: number): void {
    const last = oldestFirst?.at(-1);
    // One that was removed has no time any more.
    const fits = last === undefined || (entries[last] !== null && timeOf(number) >= timeOf(last));
    if (fits) oldestFirst?.push(number);
    else oldestFirst = null;
  }

  /** Marks in `found` the messages that answer to the terms: bit n for term n. */
  function mark(found: Uint32Array, terms: readonly string[], kind: "prefix" | "typo"): void {
    for (const [bit, term] of terms.entries()) {
      for (const [wordNumber, word] of vocabulary.entries()) {
        if (kind === "prefix" ? !word.startsWith(term) : matchWord(term, word) !== "typo") continue;
        for (const number of postings[wordNumber] ?? []) found[number] = (found[number] ?? 0) | (1 << bit);
      }
    }
  }

  return {
    get size(): number {
      return numberOf.size;
    },
    get(id: string): Indexed | null {
      const entry = entries[numberOf.get(id) ?? -1];
      if (entry === null || entry === undefined) return null;
      const { wordNumbers: numbers, ...rest } = entry;
      return { ...rest, words: numbers.map((number) => vocabulary[number] ?? "") };
    },
    /** Adds a message, or replaces what was known of it. */
    put({ words, ...rest }: Indexed): void {
      remove(rest.id);
      const number = entries.length;
      const numbers = words.map(numberOfWord);
      for (const wordNumber of numbers) postings[wordNumber]?.push(number);
      entries.push({ ...rest, wordNumbers: numbers });
      numberOf.set(rest.id, number);
      placeInOrder(number);
    },
    remove,
    /** Ids of messages, the newest first, those that only answer but for a slip after the others. */
    search(query: IndexQuery): string[] {
      const terms = query.terms.slice(0, maxTerms);
      const all = 2 ** terms.length - 1;
      const found = new Uint32Array(entries.length);
      const ids = new Set<string>();
      const order = sorted();
      for (const kind of ["prefix", "typo"] as const) {
        if (ids.size >= query.limit) break;
        mark(found, terms, kind);
        for (let position = order.length - 1; position >= 0 && ids.size < query.limit; position -= 1) {
          const number = order[position] ?? -1;
          const entry = entries[number];
          if (found[number] === all && entry !== null && entry !== undefined && passes(entry, query))
            ids.add(entry.id);
        }
      }
      return [...ids];
    },
  };
}

function passes(entry: Entry, { conversationId, senderId, before, after }: IndexQuery): boolean {
  return (
    (conversationId === undefined || entry.conversationId === conversationId) &&
    (senderId === undefined || entry.senderId === senderId) &&
    (before === undefined || entry.createdAt < before) &&
    (after === undefined || entry.createdAt > after)
  );
}
