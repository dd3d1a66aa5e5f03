import { useCallback } from "react";
import type { Message } from "@sotto/client";
import { useLive } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";

/** One message, kept fresh; null where this device does not have it, undefined until that is known. */
export function useMessage(conversationId: string, messageId: string): Message | null | undefined {
  const query = useCallback(
    (port: MessengerPort) => port.call("message", conversationId, messageId),
    [conversationId, messageId],
  );
  return useLive(`message:${conversationId}:${messageId}`, query).value;
}
