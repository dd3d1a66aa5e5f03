import { useCallback, useEffect, useState } from "react";
import { BellRing } from "lucide-react";
import type { Message } from "@sotto/client";
import { LinkButton } from "../components/link-button.tsx";
import { getAnnouncementSettings, isNews, setAnnouncementSettings } from "../lib/announcements.ts";
import { useTranslate } from "../lib/i18n.ts";
import { useMe, useMessenger, useMessengerEvent } from "../lib/messenger.tsx";
import { askForNotifications, mayAskForNotifications } from "../lib/notification-permission.ts";
import { useFindConversation } from "../lib/use-conversations.ts";
import { holdWatched, inOneTab, isWatchedAnywhere, soundOnce } from "./announce.ts";
import { notify, toNotice } from "./notifications.ts";
import { nameOf } from "../lib/names.ts";
import styles from "./shell.module.css";

/** Announces what comes while nobody looks, and offers it when something was missed: not before. */
export function Announcer() {
  const t = useTranslate();
  const missed = useAnnouncements();
  const [answered, setAnswered] = useState(false);
  if (!missed || answered) return null;
  return (
    <p className={styles["reminder"]}>
      <BellRing aria-hidden="true" />
      <span>
        {t("app.notifyOffer")}{" "}
        <LinkButton
          onClick={() => {
            setAnswered(true);
            void askForNotifications();
          }}
        >
          {t("app.notifyTurnOn")}
        </LinkButton>{" "}
        <LinkButton
          onClick={() => {
            setAnswered(true);
            setAnnouncementSettings({ notifications: false });
          }}
        >
          {t("app.notNow")}
        </LinkButton>
      </span>
    </p>
  );
}

/** True once a message came unseen that a notification would have told of, had it been allowed. */
function useAnnouncements(): boolean {
  const t = useTranslate();
  const me = useMe();
  const messenger = useMessenger();
  const findConversation = useFindConversation();
  const [missed, setMissed] = useState(false);
  useWatchedLock();
  const announce = useCallback(
    async (message: Message) => {
      if (message.senderId === me.id) return;
      const conversation = await findConversation(message.conversationId);
      if (!isNews(message, conversation, me.id) || (await isWatchedAnywhere())) return;
      const { notifications, sound } = getAnnouncementSettings();
      if (notifications && mayAskForNotifications()) setMissed(true);
      if (sound) soundOnce().catch(() => {});
      if (!notifications || Notification.permission !== "granted") return;
      await inOneTab(message.id, async () => {
        const isWanted = () => {
          const state = messenger.getState();
          return state.status === "ready" && state.user?.id === me.id;
        };
        const title = conversation ? nameOf(t, conversation.peer) : "Sotto";
        await notify(isWanted, { conversationId: message.conversationId, title, body: toNotice(t, message) });
      });
    },
    [findConversation, me.id, messenger, t],
  );
  const handle = useCallback(
    // Nothing hangs on it: a browser that refuses a sound or a notification has its reasons.
    (message: Message) => void announce(message).catch(() => {}),
    [announce],
  );
  useMessengerEvent("message", handle);
  return missed;
}

function useWatchedLock(): void {
  useEffect(() => {
    let holding: AbortController | null = null;
    const update = () => {
      holding?.abort();
      holding = null;
      if (document.visibilityState !== "visible" || !document.hasFocus()) return;
      holding = new AbortController();
      holdWatched(holding.signal);
    };
    update();
    document.addEventListener("visibilitychange", update);
    addEventListener("focus", update);
    addEventListener("blur", update);
    return () => {
      holding?.abort();
      document.removeEventListener("visibilitychange", update);
      removeEventListener("focus", update);
      removeEventListener("blur", update);
    };
  }, []);
}
