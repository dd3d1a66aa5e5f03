import type { Conversation } from "@sotto/client";
import { useLive } from "./messenger.tsx";
import type { Live } from "./live-store.ts";
import type { MessengerPort } from "./messenger-port.ts";

const listConversations = (port: MessengerPort) => port.call("conversations");

export function useConversations(): Live<Conversation[]> {
  return useLive("conversations", listConversations);
}
