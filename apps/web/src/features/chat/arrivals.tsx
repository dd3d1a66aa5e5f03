import { useCallback, useEffect, useState } from "react";
import type { Conversation, MessengerEvents } from "@sotto/client";
import { useMessengerEvent } from "../../lib/messenger.tsx";
import { toPlainText } from "../../lib/plain-text.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { nameOf } from "../../lib/names.ts";

/** Long enough to be read out, short enough not to be found again by someone who wanders through the page. */
const keptMs = 3_000;

/** Says what arrives in the open conversation to assistive technology. */
export function Arrivals({ conversation, myId }: { conversation: Conversation; myId: string }) {
  const [said, setSaid] = useState("");
  const t = useTranslate();
  const { id } = conversation;
  const name = nameOf(t, conversation.peer);
  const say = useCallback(
    (message: MessengerEvents["message"]) => {
      if (message.conversationId === id && message.senderId !== myId)
        setSaid(`${name}: ${toPlainText(message.text, 400)}`);
    },
    [id, myId, name],
  );
  useMessengerEvent("message", say);
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), keptMs);
    return () => clearTimeout(timer);
  }, [said]);
  return <output className="visually-hidden">{said}</output>;
}
