import { createContext, useContext } from "react";
import type { Message } from "@sotto/client";
import type { Anchor } from "../../components/menu.tsx";

/** What stands over the conversation, and about which message. */
export type Overlay =
  | { kind: "menu" | "picker"; messageId: string; anchor: Anchor }
  | { kind: "delete" | "forward" | "details"; messageId: string };

/** What the composer writes, if not a message like any other. */
export type Task = { kind: "reply" | "edit"; messageId: string };

/** What the parts of one conversation ask of it. All functions are stable. */
export type Chat = {
  conversationId: string;
  myId: string;
  peerName: string;
  /** Nothing can be sent here otherwise, answers and reactions neither. */
  mayWrite: boolean;
  open: (overlay: Overlay) => void;
  begin: (task: Task) => void;
  jumpTo: (messageId: string) => void;
  /** One reaction for each person: the same emoji once more takes it back. */
  react: (message: Message, emoji: string) => void;
  retry: (messageId: string) => void;
  discard: (messageId: string) => void;
};

export const ChatContext = createContext<Chat | null>(null);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error("ChatContext is missing.");
  return chat;
}
