import { useCallback } from "react";
import type { Conversation } from "@sotto/client";
import { useLive, useMessenger } from "./messenger.tsx";
import type { Live } from "./live-store.ts";
import type { MessengerPort } from "./messenger-port.ts";

const listConversations = (port: MessengerPort) => port.call("conversations");

export function useConversations(): Live<Conversation[]> {
  return useLive("conversations", listConversations);
}

/** Finds the conversation of a message that came just now: it may be new, or accepted elsewhere, and not listed as such yet. */
export function useFindConversation(): (id: string) => Promise<Conversation | undefined> {
  const messenger = useMessenger();
  const { value: listed } = useConversations();
  return useCallback(
    async (id) => {
      const shown = listed?.find((one) => one.id === id);
      if (shown !== undefined && !shown.request) return shown;
      return (await messenger.call("conversations")).find((one) => one.id === id);
    },
    [listed, messenger],
  );
}
