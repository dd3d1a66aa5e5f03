import type { FeedEvent } from "@sotto/protocol";
import { limits } from "@sotto/protocol";

/** What one batch may hold in message content before the next one begins. */
const batchMaxBytes = 256 * 1024;
/** A page is read whole into memory, so it starts small and grows only where its events turn out to be small. */
const carefulPageSize = 50;
const smallPageBytes = 256 * 1024;

export const firstPageSize = carefulPageSize;

/** How many events to read after these. */
export function nextPageSize(events: readonly FeedEvent[]): number {
  return contentBytes(events) <= smallPageBytes ? limits.feedBatch : carefulPageSize;
}

/** Cuts a page into batches of bounded size, in order. An event that is larger than a batch has one of its own. */
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

function contentBytes(events: readonly FeedEvent[]): number {
  return events.reduce(
    (sum, event) => sum + (event.kind === "message" ? event.message.content.length : 0),
    0,
  );
}
