import { limits, type ReceiptState } from "@sotto/protocol";
import type { NewEvent } from "./append-events.ts";

/** A message that was marked, by the one it was sent to. */
export type Marked = { conversationId: string; senderId: string; messageId: string; userId: string };

/** One event per conversation, sender and reader, its ids in the given order and split where there are too many. */
export function receiptEvents(marked: readonly Marked[], state: ReceiptState, at: string): NewEvent[] {
  const groups = new Map<string, Marked & { messageIds: string[] }>();
  for (const mark of marked) {
    const key = `${mark.conversationId}/${mark.senderId}/${mark.userId}`;
    const group = groups.get(key) ?? { ...mark, messageIds: [] };
    group.messageIds.push(mark.messageId);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ senderId, conversationId, userId, messageIds }) =>
    chunksOf(messageIds, limits.receiptIds).map((chunk): NewEvent => ({
      userId: senderId,
      event: { kind: "receipt", conversationId, userId, state, messageIds: chunk, at },
    })),
  );
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
