import type { Store } from "@sotto/client";
import type { Entry } from "./journal.ts";

/** A store that says when its cursor moved and when it was emptied: how the rig sees which events were applied. */
export function watchStore(store: Store, write: (entry: Entry) => void): Store {
  return {
    get: (key) => store.get(key),
    list: (range) => store.list(range),
    async commit(changes) {
      await store.commit(changes);
      for (const { key, value } of changes) {
        if (key === "cursor" && typeof value === "string") write({ kind: "cursor", cursor: value });
      }
    },
    async erase() {
      await store.erase();
      write({ kind: "erased" });
    },
    close: () => store.close(),
  };
}
