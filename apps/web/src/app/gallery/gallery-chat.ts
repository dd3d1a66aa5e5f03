import type { Message } from "@sotto/client";
import type { Chat } from "../../features/chat/chat-context.ts";

export const peer = { id: "mira", username: "mira", publicKey: "kF3zZp0N" };

const nothing = () => {};

export const chat: Chat = {
  conversationId: "gallery",
  myId: "me",
  peerName: "mira",
  mayWrite: true,
  open: nothing,
  begin: nothing,
  jumpTo: nothing,
  react: nothing,
  retry: nothing,
  discard: nothing,
};

/** What a message has wherever it stands. */
export type Content = Omit<Message, "id" | "conversationId" | "createdAt">;

/** So many minutes after nine. */
export function at(minute: number): string {
  return new Date(Date.UTC(2026, 2, 18, 9, minute)).toISOString();
}

export function toMessage(content: Content, minute: number): Message {
  return { ...content, id: `m${minute}`, conversationId: "gallery", createdAt: at(minute) };
}
