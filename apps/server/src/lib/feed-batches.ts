import { limits, type FeedEvent } from "@sotto/protocol";

/** What one batch may hold in message content before the next one begins. */
export const batchMaxBytes = 128 * 1024;
const batchStartBytes = 16 * 1024;
/** A UUID in JSON, with its quotes and comma. */
const idCharacters = 39;
/** Who takes this long for a batch is given less at a time. */
const slowMs = 1_000;

/** The first of these events that fit into one batch. An event that is larger than a batch has one of its own. */
export function takeBatch(events: readonly FeedEvent[], maxBytes: number): FeedEvent[] {
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    bytes += sizeOf(event);
    if (index > 0 && (bytes > maxBytes || index === limits.feedBatch)) return events.slice(0, index);
  }
  return [...events];
}

/**
 * How much one subscription is given at a time. Over a slow link a peer must not wait long between two messages, since
 * it hears of no other sign of life meanwhile, and what is on its way delays the answer to its ping. So it begins
 * small, grows while the batches leave as soon as they are sent, and shrinks where one takes long.
 */
export class BatchSize {
  #bytes = batchStartBytes;

  get bytes(): number {
    return this.#bytes;
  }

  /** @param waitedMs until it had left, but for less than such a batch */
  sent(batch: readonly FeedEvent[], waitedMs: number): void {
    if (waitedMs > slowMs) this.#bytes = Math.max(batchStartBytes, this.#bytes / 2);
    else if (waitedMs < slowMs / 10 && contentBytes(batch) > this.#bytes / 2)
      this.#bytes = Math.min(batchMaxBytes, this.#bytes * 2);
  }
}

/** What an event takes that grows with it, in characters: the content of a message, the ids of a receipt. */
function sizeOf(event: FeedEvent): number {
  switch (event.kind) {
    case "message":
      return event.message.content.length;
    case "receipt":
      return event.messageIds.length * idCharacters;
    case "read":
    case "conversation":
    case "user":
    case "account":
      return 0;
  }
}

export function contentBytes(events: readonly FeedEvent[]): number {
  return events.reduce((sum, event) => sum + sizeOf(event), 0);
}
