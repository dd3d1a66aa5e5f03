import { useId } from "react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { Mark } from "../../components/mark.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatListTime } from "../../lib/time.ts";
import { toPreview } from "./preview.ts";
import styles from "./conversations.module.css";

type Props = { conversation: Conversation; myId: string; now: Date; open: boolean };

/** The link's name is the person's and its area the whole row; what else stands in the row is its description. */
export function ConversationRow({ conversation, myId, now, open }: Props) {
  const t = useTranslate();
  const locale = useLocale();
  const id = useId();
  const { peer, lastMessage, unreadCount } = conversation;
  return (
    <li className={styles["row"]} data-unread={unreadCount > 0 ? "" : undefined}>
      <Avatar name={peer.username} publicKey={peer.publicKey} />
      <Link
        href={`/c/${conversation.id}`}
        className={styles["name"] ?? ""}
        aria-describedby={`${id}-more`}
        aria-current={open ? "page" : undefined}
      >
        {peer.username}
      </Link>
      <div id={`${id}-more`} className={styles["more"]}>
        {lastMessage ? (
          <time className={styles["time"]} dateTime={lastMessage.createdAt}>
            {formatListTime(lastMessage.createdAt, now, locale)}
          </time>
        ) : null}
        <p className={styles["preview"]}>
          {lastMessage?.senderId === myId ? <Mark state={lastMessage.state} /> : null}
          <span dir="auto">{toPreview(t, lastMessage)}</span>
        </p>
        {unreadCount > 0 ? (
          <span className={styles["badge"]}>
            <span aria-hidden="true">{unreadCount > 99 ? "99+" : unreadCount}</span>
            <span className="visually-hidden">{t("conversations.unread", { count: unreadCount })}</span>
          </span>
        ) : null}
      </div>
    </li>
  );
}
