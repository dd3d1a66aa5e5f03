import { useCallback } from "react";
import type { Message } from "@sotto/client";
import { LiveRegion } from "../components/live-region.tsx";
import { isNews } from "../lib/announcements.ts";
import { useTranslate } from "../lib/i18n.ts";
import { useMe, useMessengerEvent } from "../lib/messenger.tsx";
import { nameOf } from "../lib/names.ts";
import { useConversations } from "../lib/use-conversations.ts";
import { useSpoken } from "../lib/use-spoken.ts";

/** Says to assistive technology who writes in another conversation than the open one, which speaks for itself. */
export function ArrivalsElsewhere({ openId }: { openId: string | undefined }) {
  const t = useTranslate();
  const me = useMe();
  const { value: conversations } = useConversations();
  const [lines, say] = useSpoken();
  const handle = useCallback(
    (message: Message) => {
      const conversation = conversations?.find(({ id }) => id === message.conversationId);
      if (!conversation || conversation.id === openId || !isNews(message, conversation, me.id)) return;
      // Once for several that come together.
      say(conversation.id, t("app.newMessageFrom", { name: nameOf(t, conversation.peer) }));
    },
    [conversations, openId, me.id, say, t],
  );
  useMessengerEvent("message", handle);
  return <LiveRegion lines={lines} />;
}
