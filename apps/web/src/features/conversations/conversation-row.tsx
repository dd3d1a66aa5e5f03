import { memo, useId } from "react";
import type { MouseEvent, ReactNode } from "react";
import { BellOff, Ellipsis, Pin } from "lucide-react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatListTime } from "../../lib/time.ts";
import { useLongPress } from "../../lib/use-long-press.ts";
import { Preview } from "./preview-line.tsx";
import { nameOf } from "../../lib/names.ts";
import styles from "./conversations.module.css";

type Props = {
  conversation: Conversation;
  myId: string;
  now: Date;
  open: boolean;
  /** The peer has Sotto in front of them. */
  present: boolean;
  onMenu: (conversationId: string, anchor: Anchor) => void;
};

/** The link's name is the person's and its area the whole row; what else stands in the row is its description. */
export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { conversation, myId, now, open, present, onMenu } = props;
  const t = useTranslate();
  const locale = useLocale();
  const id = useId();
  const { peer, lastMessage, unreadCount, muted, pinned } = conversation;
  const name = nameOf(t, peer);
  const openAt = (x: number, y: number) => onMenu(conversation.id, { x, y, width: 0, height: 0 });
  const longPress = useLongPress(openAt);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its menu has a button as well
    <div
      className={styles["row"]}
      data-unread={unreadCount > 0 && !muted ? "" : undefined}
      onContextMenu={(event: MouseEvent) => {
        event.preventDefault();
        openAt(event.clientX, event.clientY);
      }}
      {...longPress}
    >
      <Avatar name={name} publicKey={peer.publicKey} present={present} />
      <Link
        href={`/c/${conversation.id}`}
        className={`${styles["name"]} own-direction`}
        dir="auto"
        aria-describedby={`${id}-more`}
        aria-current={open ? "page" : undefined}
      >
        {name}
      </Link>
      <div id={`${id}-more`} className={styles["more"]}>
        {lastMessage ? (
          <time className={styles["time"]} dateTime={lastMessage.createdAt}>
            {formatListTime(lastMessage.createdAt, now, locale)}
          </time>
        ) : null}
        {present ? <span className="visually-hidden">{t("common.present")}</span> : null}
        <Preview conversation={conversation} myId={myId} open={open} />
        <span className={styles["signs"]}>
          {muted ? <Sign icon={<BellOff aria-hidden="true" />} label={t("conversations.muted")} /> : null}
          {pinned ? <Sign icon={<Pin aria-hidden="true" />} label={t("conversations.pinned")} /> : null}
          {unreadCount > 0 ? (
            <span className={styles["badge"]} data-muted={muted ? "" : undefined}>
              <span aria-hidden="true">{unreadCount > 99 ? "99+" : unreadCount}</span>
              <span className="visually-hidden">{t("conversations.unread", { count: unreadCount })}</span>
            </span>
          ) : null}
        </span>
      </div>
      <button
        type="button"
        className={styles["menu"]}
        aria-label={t("conversations.actions", { name })}
        onClick={({ currentTarget }) => {
          const { x, y, width, height } = currentTarget.getBoundingClientRect();
          onMenu(conversation.id, { x, y, width, height });
        }}
      >
        <Ellipsis aria-hidden="true" />
      </button>
    </div>
  );
});

function Sign({ icon, label }: { icon: ReactNode; label: string }) {
  return (
    <>
      {icon}
      <span className="visually-hidden">{label}</span>
    </>
  );
}
