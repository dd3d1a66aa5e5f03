import type { Message } from "@sotto/client";

/** One line about the last message of a conversation. */
export function toPreview(message: Message | null): string {
  if (message === null) return "No messages yet";
  if (message.problem === "unreadable") return "A message that could not be opened";
  if (message.problem === "unsupported") return "A message for a newer version";
  return message.text.replaceAll(/\s+/g, " ").slice(0, 160);
}
