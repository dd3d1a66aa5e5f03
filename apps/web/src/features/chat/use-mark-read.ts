import { useEffect } from "react";
import type { Message } from "@sotto/client";
import { useMessenger } from "../../lib/messenger.tsx";

/** Marks as read what stands at or above `lowestId`, the lowest message on the screen, while someone looks. */
export function useMarkRead(
  conversationId: string,
  messages: readonly Message[],
  lowestId: string | null,
  watched: boolean,
): void {
  const messenger = useMessenger();
  const lowest = messages.findIndex(({ id }) => id === lowestId);
  const newestSeenId =
    lowest === -1
      ? undefined
      : messages.find(({ state }, index) => index >= lowest && state === "unread")?.id;
  useEffect(() => {
    if (!watched || newestSeenId === undefined) return;
    // Tried again with the next message or the next look; nothing to tell the person.
    messenger.call("markRead", conversationId, newestSeenId).catch(() => {});
  }, [messenger, conversationId, newestSeenId, watched]);
}
