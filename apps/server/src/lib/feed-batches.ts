import type { FeedEvent } from "@sotto/protocol";

/** What one batch may hold in message content before the next one begins. */
export const batchMaxBytes = 256 * 1024;

/** Cuts events into batches of bounded size, in order. An event that is larger than a batch has one of its own. */
export function splitBatches(events: readonly FeedEvent[]): FeedEvent[][] {
  const batches: FeedEvent[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const size = contentBytes([event]);
    if (bytes + size > batchMaxBytes) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(event);
    bytes += size;
  }
  return batches;
}

export function contentBytes(events: readonly FeedEvent[]): number {
  return events.reduce(
    (sum, event) => sum + (event.kind === "message" ? event.message.content.length : 0),
    0,
  );
}
