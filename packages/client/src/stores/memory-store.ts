import { createSortedRecords } from "./sorted-records.ts";
import type { Store } from "./store.ts";

/** Nothing outlives the process: each start is a new device. For tests and throw-away programs. */
export function memoryStore(): Store {
  const records = createSortedRecords();
  return {
    get: async (key) => records.get(key),
    list: async (range) => records.list(range),
    commit: async (changes) => records.apply(changes),
    erase: async () => records.clear(),
    close: async () => undefined,
  };
}
