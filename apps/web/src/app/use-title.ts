import { useEffect } from "react";
import { useConversations } from "../lib/use-conversations.ts";

/** The number of unread messages, where the tab shows it. */
export function useTitle(): void {
  const { value: conversations } = useConversations();
  const unread = conversations?.reduce((sum, conversation) => sum + conversation.unreadCount, 0) ?? 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Sotto` : "Sotto";
    return () => {
      document.title = "Sotto";
    };
  }, [unread]);
}
