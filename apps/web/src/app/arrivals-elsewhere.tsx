import { useCallback } from "react";
import type { Message } from "@sotto/client";
import { LiveRegion } from "../components/live-region.tsx";
import { isNews } from "../lib/announcements.ts";
import { useTranslate } from "../lib/i18n.ts";
import { useMe, useMessengerEvent } from "../lib/messenger.tsx";
import { nameOf } from "../lib/names.ts";
import { useFindConversation } from "../lib/use-conversations.ts";
import { useSpoken } from "../lib/use-spoken.ts";

/** Says to assistive technology who writes in another conversation than the open one, which speaks for itself. */
export function ArrivalsElsewhere({ openId }: { openId: string | undefined }) {
  const t = useTranslate();
  const me = useMe();
  const findConversation = useFindConversation();
  const [lines, say] = useSpoken();
  const announce = useCallback(
    async (message: Message) => {
      if (message.conversationId === openId || message.senderId === me.id) return;
      const conversation = await findConversation(message.conversationId);
      if (!conversation || !isNews(message, conversation, me.id)) return;
      // Once for several that come together.
      say(conversation.id, t("app.newMessageFrom", { name: nameOf(t, conversation.peer) }));
    },
    [findConversation, openId, me.id, say, t],
  );
  const handle = useCallback(
    // Where it can't be had, the list does not show it either.
    (message: Message) => void announce(message).catch(() => {}),
    [announce],
  );
  useMessengerEvent("message", handle);
  return <LiveRegion lines={lines} />;
}
