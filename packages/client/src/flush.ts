import { limits } from "@sotto/protocol";
import type { OutboxRecord } from "./records.ts";

/** A flush stays below the frame limit, with room for what tRPC writes around it. */
const maxCharacters = limits.frameMaxBytes - 8 * 1024;

/** The oldest of these that fit into one frame; at least one where there is one. */
export function cutFlush<Entry extends { record: OutboxRecord }>(entries: readonly Entry[]): Entry[] {
  const flush: Entry[] = [];
  let characters = 0;
  for (const entry of entries) {
    characters += JSON.stringify(toWire(entry.record)).length + 1;
    if (flush.length === limits.messagesPerSend || (flush.length > 0 && characters > maxCharacters)) break;
    flush.push(entry);
  }
  return flush;
}

/** What the server gets of it. */
export function toWire({ conversationId, id, envelopes }: OutboxRecord) {
  return { conversationId, id, envelopes };
}
