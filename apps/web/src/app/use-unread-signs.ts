import { useEffect } from "react";
import { useUnreadTitle } from "../lib/title.ts";
import { useConversations } from "../lib/use-conversations.ts";

/** The number of unread messages in conversations that are neither muted nor requests, where the tab and the app's icon show it. */
export function useUnreadSigns(): void {
  const { value: conversations } = useConversations();
  const unread =
    conversations?.reduce(
      (sum, { muted, request, unreadCount }) => sum + (muted || request ? 0 : unreadCount),
      0,
    ) ?? 0;
  useUnreadTitle(unread);
  useEffect(() => {
    // On the icon of the installed app, where there is one. Signing out takes it away: see notifications.ts.
    navigator.setAppBadge?.(unread).catch(() => {});
  }, [unread]);
}
