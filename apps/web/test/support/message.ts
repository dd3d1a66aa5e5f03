import type { Message } from "@sotto/client";

/** One of one's own that was read. */
export function message(more: Partial<Message> = {}): Message {
  return {
    id: "m",
    conversationId: "c",
    senderId: "me",
    text: "Hello",
    createdAt: "2026-03-18T12:00:00.000000Z",
    state: "read",
    ...more,
  };
}
