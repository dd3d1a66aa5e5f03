import { useCallback } from "react";
import type { Conversation, MessengerEvents } from "@sotto/client";
import { LiveRegion } from "../../components/live-region.tsx";
import { useMessengerEvent } from "../../lib/messenger.tsx";
import { toPlainText } from "../../lib/plain-text.ts";
import { useSpoken } from "../../lib/use-spoken.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { nameOf } from "../../lib/names.ts";

/** Says what arrives in the open conversation to assistive technology. */
export function Arrivals({ conversation, myId }: { conversation: Conversation; myId: string }) {
  const [lines, say] = useSpoken();
  const t = useTranslate();
  const { id } = conversation;
  const name = nameOf(t, conversation.peer);
  const handle = useCallback(
    (message: MessengerEvents["message"]) => {
      if (message.conversationId !== id || message.senderId === myId) return;
      const words = message.problem ? t(`chat.${message.problem}`) : toPlainText(message.text, 400);
      say(message.id, `${name}: ${words}`);
    },
    [id, myId, name, say, t],
  );
  useMessengerEvent("message", handle);
  return <LiveRegion lines={lines} />;
}
