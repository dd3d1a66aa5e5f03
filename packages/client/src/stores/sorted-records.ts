import type { Change, Entry, Range } from "./store.ts";

/** JSON texts under ordered keys, in memory: what `memoryStore` is and `fileStore` reads its file into. */
export function createSortedRecords() {
  const values = new Map<string, string>();
  let sortedKeys: string[] = [];

  return {
    get size(): number {
      return values.size;
    },
    get(key: string): unknown {
      const text = values.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    list({ prefix, before, after, limit = Number.POSITIVE_INFINITY, reverse = false }: Range): Entry[] {
      const all = sortedKeys;
      let from = firstAtOrAfter(all, prefix);
      // The smallest text after a text is that text and a NUL.
      if (after !== undefined) from = Math.max(from, firstAtOrAfter(all, `${after}\0`));
      let to = firstAtOrAfter(all, prefixEnd(prefix));
      if (before !== undefined) to = Math.min(to, firstAtOrAfter(all, before));
      const count = Math.max(0, Math.min(limit, to - from));
      const range = reverse ? all.slice(to - count, to).toReversed() : all.slice(from, from + count);
      return range.map((key) => ({ key, value: this.get(key) }));
    },
    apply(changes: Change[]): void {
      for (const { key, value } of changes) {
        if (value === null) {
          if (values.delete(key)) drop(key);
          continue;
        }
        if (!values.has(key)) insert(key);
        values.set(key, JSON.stringify(value));
      }
    },
    clear(): void {
      values.clear();
      sortedKeys = [];
    },
    snapshot(): Change[] {
      return sortedKeys.map((key) => ({ key, value: this.get(key) }));
    },
  };

  function drop(key: string): void {
    sortedKeys.splice(firstAtOrAfter(sortedKeys, key), 1);
  }

  /** Keys mostly arrive in order within their prefix, so inserting beats sorting again. */
  function insert(key: string): void {
    sortedKeys.splice(firstAtOrAfter(sortedKeys, key), 0, key);
  }
}

/** The smallest text that is larger than every text with this prefix. */
export function prefixEnd(prefix: string): string {
  return `${prefix}\u{ffff}`;
}

function firstAtOrAfter(sorted: string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
