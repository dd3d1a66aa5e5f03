import { backoffMs } from "./backoff.ts";

/**
 * Looks after a store that was taken away: it may be as it was, since a browser also closes a database that it keeps.
 * While it is at work, it closes what is opened again too.
 *
 * There is one look at a time, however often the store is lost: each would open it once more, to be closed and looked
 * after again. An answer from before another loss, or from before somebody else signed in, says nothing.
 */
export function createLossWatch(input: {
  /** Who is signed in: null for nobody. */
  find: () => unknown;
  /** Someone is signing in or out: what is in the store may change by that. */
  isLeaving: () => boolean;
  isKept: () => Promise<boolean>;
  evict: () => Promise<void>;
}): () => Promise<void> {
  const { find, isLeaving, isKept, evict } = input;
  let losses = 0;
  let looking = false;

  /** Null where it cannot be said. */
  async function look(): Promise<boolean | null> {
    const [live, known] = [find(), losses];
    if (isLeaving()) return null;
    const kept = await isKept().catch(() => null);
    return !isLeaving() && find() === live && losses === known ? kept : null;
  }

  return async () => {
    losses += 1;
    if (looking) return;
    looking = true;
    try {
      for (let failures = 0; find() !== null; failures += 1) {
        const kept = await look();
        if (kept === false) await evict();
        if (kept !== null) return;
        await new Promise((resolve) => setTimeout(resolve, backoffMs(failures)));
      }
    } finally {
      looking = false;
    }
  };
}
