import { startCursor } from "@sotto/protocol";

/** What arrives within this time of an acknowledgement is acknowledged together. */
const intervalMs = 200;

/**
 * Tells the server how far this device has stored its feed. It is cumulative: the first arrival is told at once, those
 * that follow together, one call at a time. What fails is told again with the next arrival or connection.
 */
export function createAcknowledger(tell: (cursor: string) => Promise<unknown>) {
  let reached = startCursor;
  let acknowledged = startCursor;
  let running: Promise<void> | null = null;
  let endPause: () => void = () => undefined;
  let closed = false;

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, intervalMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
      if (closed) endPause();
    });
  }

  async function run(): Promise<void> {
    while (reached !== acknowledged) {
      const cursor = reached;
      await tell(cursor);
      acknowledged = cursor;
      await pause();
    }
  }

  /** After each new connection: what the last one may have lost on its way. */
  function repeat(): void {
    if (closed) return;
    running ??= run()
      .catch(() => undefined)
      .finally(() => {
        running = null;
      });
  }

  return {
    repeat,
    /** Everything up to this cursor is in the store. */
    reach(cursor: string): void {
      reached = cursor;
      repeat();
    },
    /** Tells at once what would have waited. Settles when that is done, which a dead network can make long. */
    async close(): Promise<void> {
      closed = true;
      endPause();
      await running;
    },
  };
}
