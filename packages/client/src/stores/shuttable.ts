import { SottoError } from "../errors.ts";
import type { Store } from "./store.ts";

/** What still runs when the messenger is closed, or its person has left, must not touch the store any more. */
export function shuttable(inner: Store): { store: Store; shut: () => void } {
  let isShut = false;
  const unlessShut = <T>(task: () => Promise<T>): Promise<T> =>
    isShut ? Promise.reject(new SottoError("closed", "The messenger is closed.")) : task();
  return {
    store: {
      get: (key) => unlessShut(() => inner.get(key)),
      list: (range) => unlessShut(() => inner.list(range)),
      commit: (changes) => unlessShut(() => inner.commit(changes)),
      erase: () => unlessShut(() => inner.erase()),
      close: () => inner.close(),
    },
    shut: () => {
      isShut = true;
    },
  };
}
