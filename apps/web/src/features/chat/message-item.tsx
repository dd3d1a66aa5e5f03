import { memo } from "react";
import type { MouseEvent, ReactNode } from "react";
import type { Message } from "@sotto/client";
import { useTranslate } from "../../lib/i18n.ts";
import { useChat } from "./chat-context.ts";
import { MessageEnd } from "./message-end.tsx";
import { MessageText } from "./message-text.tsx";
import { MessageToolbar } from "./message-toolbar.tsx";
import { Quote } from "./quote.tsx";
import { Reactions } from "./reactions.tsx";
import { Refusal } from "./refusal.tsx";
import { useLongPress } from "../../lib/use-long-press.ts";
import styles from "./message.module.css";

type Props = {
  message: Message;
  own: boolean;
  author: string;
  meta: boolean;
  shown: boolean;
  tabStop: boolean;
};

/** Says author, text, time and state in words; how much of it is drawn depends on its place in the run. */
export const MessageItem = memo(function MessageItem({ message, own, author, meta, shown, tabStop }: Props) {
  const { open, jumpTo } = useChat();
  const openMenu = (x: number, y: number) =>
    open({ kind: "menu", messageId: message.id, anchor: { x, y, width: 0, height: 0 } });
  const longPress = useLongPress(openMenu);
  const handleContextMenu = (event: MouseEvent) => {
    // Selected text and links have a menu of the browser's own.
    if (getSelection()?.isCollapsed === false || (event.target as Element).closest("a")) return;
    event.preventDefault();
    openMenu(event.clientX, event.clientY);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- its menu is in the toolbar as well
    <article
      className={styles["item"]}
      data-message={message.id}
      data-shown={shown ? "" : undefined}
      aria-label={author}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- one of them takes part in Tab, see use-roving
      tabIndex={tabStop ? 0 : -1}
      onContextMenu={handleContextMenu}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.target !== event.currentTarget) return;
        event.preventDefault();
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        openMenu(left, bottom);
      }}
      {...longPress}
    >
      <div className={styles["bubble"]}>
        {message.replyTo === undefined ? null : <Quote messageId={message.replyTo} onJump={jumpTo} />}
        <Content message={message} end={<MessageEnd message={message} own={own} visible={meta} />} />
        {message.deleted || message.problem ? null : <MessageToolbar message={message} />}
      </div>
      {message.reactions ? <Reactions message={message} reactions={message.reactions} /> : null}
      {message.state === "refused" ? <Refusal message={message} /> : null}
    </article>
  );
});

function Content({ message, end }: { message: Message; end: ReactNode }) {
  const t = useTranslate();
  const note = message.deleted ? "deleted" : message.problem;
  if (note) {
    return (
      <p className={styles["flow"]}>
        <span className={styles["note"]}>{t(`chat.${note}`)}</span> {end}
      </p>
    );
  }
  return (
    <>
      {message.forwarded ? <p className={styles["forwarded"]}>{t("chat.forwarded")}</p> : null}
      <MessageText text={message.text} end={end} />
    </>
  );
}
