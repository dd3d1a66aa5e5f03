import { useEffect, useState } from "react";
import type { Message } from "@sotto/client";
import { useMessenger } from "../../lib/messenger.tsx";

/** Marks everything read while the newest message can be seen by someone: at the end, in a visible, focused tab. */
export function useMarkRead(
  conversationId: string,
  messages: readonly Message[] | undefined,
  atEnd: boolean,
): void {
  const messenger = useMessenger();
  const watched = useWatched();
  const newestUnread = messages?.find((message) => message.state === "unread")?.id;
  useEffect(() => {
    if (!watched || !atEnd || newestUnread === undefined) return;
    // Tried again with the next message or the next look; nothing to tell the person.
    messenger.call("markRead", conversationId, newestUnread).catch(() => {});
  }, [messenger, conversationId, newestUnread, watched, atEnd]);
}

function useWatched(): boolean {
  const [watched, setWatched] = useState(isWatched);
  useEffect(() => {
    const update = () => setWatched(isWatched());
    document.addEventListener("visibilitychange", update);
    addEventListener("focus", update);
    addEventListener("blur", update);
    return () => {
      document.removeEventListener("visibilitychange", update);
      removeEventListener("focus", update);
      removeEventListener("blur", update);
    };
  }, []);
  return watched;
}

function isWatched(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}
