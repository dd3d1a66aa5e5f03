import type { MessageState } from "@sotto/client";

export const markWords: Record<MessageState, string> = {
  queued: "Queued",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  refused: "Refused",
  unread: "New",
};
