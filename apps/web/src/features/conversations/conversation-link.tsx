import { useId } from "react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { Mark } from "../../components/mark.tsx";
import { formatListTime } from "../../lib/time.ts";
import { toPreview } from "./preview.ts";
import styles from "./conversations.module.css";

type Props = { conversation: Conversation; myId: string; now: Date; open: boolean };

/** The link's name is the person's; what else is written in it is its description. */
export function ConversationLink({ conversation, myId, now, open }: Props) {
  const id = useId();
  const { peer, lastMessage, unreadCount } = conversation;
  return (
    <Link
      href={`/c/${conversation.id}`}
      className={styles["link"] ?? ""}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-more`}
      aria-current={open ? "page" : undefined}
      data-unread={unreadCount > 0 ? "" : undefined}
    >
      <Avatar name={peer.username} publicKey={peer.publicKey} />
      <span id={`${id}-name`} className={styles["name"]}>
        {peer.username}
      </span>
      <span id={`${id}-more`} className={styles["more"]}>
        {lastMessage ? (
          <time className={styles["time"]} dateTime={lastMessage.createdAt}>
            {formatListTime(lastMessage.createdAt, now)}
          </time>
        ) : null}
        <span className={styles["preview"]}>
          {lastMessage?.senderId === myId ? <Mark state={lastMessage.state} /> : null}
          <span>{toPreview(lastMessage)}</span>
        </span>
        {unreadCount > 0 ? (
          <span className={styles["badge"]}>
            {unreadCount > 99 ? "99+" : unreadCount}
            <span className="visually-hidden"> unread</span>
          </span>
        ) : null}
      </span>
    </Link>
  );
}
