import type { Emitter } from "./emitter.ts";
import type { Library } from "./library.ts";
import type { LoadOlder } from "./older-pages.ts";
import type { ConversationRecord } from "./records.ts";
import { createRetry, isPassing } from "./retry.ts";

/**
 * Another device read up to a message that is not here. How much is left cannot be said before it is: older pages are
 * loaded down to there, and the last of them counts.
 */
export function createRecount(input: {
  library: Library;
  loadOlder: LoadOlder;
  emitter: Emitter;
  isOnline: () => boolean;
}) {
  const { library, loadOlder, emitter, isOnline } = input;
  /** What the server refuses would be refused again. */
  const givenUp = new Set<string>();
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  const retry = createRetry(resume);

  function isDue({ id, readElsewhere, complete, unreadCount }: ConversationRecord): boolean {
    return readElsewhere !== undefined && !complete && unreadCount > 0 && !givenUp.has(id);
  }

  async function run(): Promise<void> {
    for (;;) {
      const next = (await library.listConversations()).find(isDue);
      if (closed || next === undefined) return retry.succeeded();
      if (!isOnline()) return;
      try {
        await loadOlder(next);
        const reached = await library.findConversation(next.id);
        if (reached?.oldestId === next.oldestId && !reached.complete) givenUp.add(next.id);
      } catch (error) {
        if (isPassing(error)) return retry.failed();
        givenUp.add(next.id);
      }
      emitter.tell("conversations", undefined);
    }
  }

  function resume(): void {
    running = running.then(run).catch(() => undefined);
  }

  return {
    /** After each new connection, and when there is something to count. */
    resume,
    close(): void {
      closed = true;
      retry.close();
    },
  };
}
