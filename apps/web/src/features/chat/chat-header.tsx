import { ArrowLeft, LockKeyhole } from "lucide-react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { useConnection } from "../../lib/messenger.tsx";
import { useDelayed } from "../../lib/use-delayed.ts";
import { usePresentIds } from "../../lib/use-presence.ts";
import { ChatOptions } from "./chat-options.tsx";
import { useTyping } from "./use-typing.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./chat.module.css";

type Props = { conversation: Conversation; onError: (error: unknown) => void };

export function ChatHeader({ conversation, onError }: Props) {
  const t = useTranslate();
  const { peer } = conversation;
  const connection = useConnection();
  const away = useDelayed(connection !== "online", 2_000);
  const present = usePresentIds().includes(peer.id) && !conversation.blocked && !conversation.request;
  const typing = useTyping(conversation.id, peer.id);
  return (
    <header className={styles["header"]}>
      <Link href="/" className={styles["back"] ?? ""} aria-label={t("chat.backToAll")}>
        <ArrowLeft aria-hidden="true" />
      </Link>
      <Avatar name={nameOf(t, peer)} publicKey={peer.publicKey} present={present} />
      <div className={styles["who"]}>
        <h1 className={`${styles["name"]} own-direction`} dir="auto">
          <Link href={`/c/${conversation.id}/person`}>{nameOf(t, peer)}</Link>
        </h1>
        <output className={styles["line"]} data-typing={typing ? "" : undefined}>
          {typing ? (
            t("chat.typing")
          ) : away ? (
            t(connection === "offline" ? "chat.offline" : "chat.connecting")
          ) : (
            <>
              <LockKeyhole aria-hidden="true" />
              {t("chat.encrypted")}
              {present ? <span> · {t("common.present")}</span> : null}
            </>
          )}
        </output>
      </div>
      <ChatOptions conversation={conversation} onError={onError} />
    </header>
  );
}
