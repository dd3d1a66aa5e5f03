import { useCallback, useEffect, useRef, useState } from "react";
import type { MessengerEvents } from "@sotto/client";
import { useMessenger, useMessengerEvent } from "../../lib/messenger.tsx";

/** A signal counts for this long; while someone types, the next one comes earlier. */
const shownMs = 5_000;
const sendEveryMs = 3_000;

/** Whether the other one is typing right now. */
export function useTyping(conversationId: string, peerId: string): boolean {
  const [until, setUntil] = useState(0);
  const show = useCallback(
    (event: MessengerEvents["typing"]) => {
      if (event.conversationId === conversationId && event.userId === peerId) setUntil(Date.now() + shownMs);
    },
    [conversationId, peerId],
  );
  const hide = useCallback(
    (message: MessengerEvents["message"]) => {
      if (message.conversationId === conversationId) setUntil(0);
    },
    [conversationId],
  );
  useMessengerEvent("typing", show);
  useMessengerEvent("message", hide);
  useEffect(() => {
    if (until === 0) return;
    const timer = setTimeout(() => setUntil(0), until - Date.now());
    return () => clearTimeout(timer);
  }, [until]);
  return until !== 0;
}

/** Call it at each key press: tells the other one, but not more often than needed. */
export function useSendTyping(conversationId: string): () => void {
  const messenger = useMessenger();
  const lastAt = useRef(0);
  return useCallback(() => {
    if (Date.now() - lastAt.current < sendEveryMs) return;
    lastAt.current = Date.now();
    // Nobody misses a lost one.
    messenger.call("sendTyping", conversationId).catch(() => {});
  }, [messenger, conversationId]);
}
