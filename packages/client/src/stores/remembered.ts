import { prefixEnd } from "./sorted-records.ts";
import type { Change, Entry, Store } from "./store.ts";

/**
 * A store that also has in memory what lies under a few prefixes: small records that every screen asks for again and
 * again. It has to be the only one that writes. What it gives and takes is copied: as with any store, changing that
 * changes nothing here.
 *
 * @param onCommitted hears of everything that is written
 */
export function remembered(
  inner: Store,
  prefixes: readonly string[],
  onCommitted: (changes: readonly Change[]) => void,
): Store {
  const parts = new Map<string, Promise<Map<string, unknown>>>();

  function load(prefix: string): Promise<Map<string, unknown>> {
    const known = parts.get(prefix);
    if (known !== undefined) return known;
    const loading = inner.list({ prefix }).then(toMap);
    parts.set(prefix, loading);
    loading.catch(() => parts.delete(prefix));
    return loading;
  }

  function findPrefix(key: string): string | undefined {
    return prefixes.find((prefix) => key >= prefix && key < prefixEnd(prefix));
  }

  return {
    async get(key) {
      const prefix = findPrefix(key);
      return prefix === undefined ? inner.get(key) : structuredClone((await load(prefix)).get(key));
    },
    async list(range) {
      const { prefix, ...rest } = range;
      if (!prefixes.includes(prefix) || Object.keys(rest).length > 0) return inner.list(range);
      return structuredClone(toEntries(await load(prefix)));
    },
    async commit(changes) {
      await inner.commit(changes);
      for (const { key, value } of changes) {
        const part = parts.get(findPrefix(key) ?? "");
        if (part === undefined) continue;
        // One that is being read may have been begun before.
        const records = await part;
        if (value === null) records.delete(key);
        else records.set(key, structuredClone(value));
      }
      onCommitted(changes);
    },
    async erase() {
      await inner.erase();
      parts.clear();
    },
    close: () => inner.close(),
  };
}

function toMap(entries: Entry[]): Map<string, unknown> {
  return new Map(entries.map(({ key, value }) => [key, value]));
}

function toEntries(records: Map<string, unknown>): Entry[] {
  return Array.from(records, ([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}
