import { useEffect } from "react";
import { useConversations } from "../lib/use-conversations.ts";

/** The number of unread messages in conversations that are not muted, where the tab shows it. */
export function useTitle(): void {
  const { value: conversations } = useConversations();
  const unread =
    conversations?.reduce((sum, { muted, unreadCount }) => sum + (muted ? 0 : unreadCount), 0) ?? 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Sotto` : "Sotto";
    // On the icon of the installed app, where there is one.
    navigator.setAppBadge?.(unread).catch(() => {});
    return () => {
      document.title = "Sotto";
    };
  }, [unread]);
}
