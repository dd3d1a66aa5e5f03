import { memo } from "react";
import type { Message } from "@sotto/client";
import { Mark } from "../../components/mark.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatClock, formatFull } from "../../lib/time.ts";
import styles from "./message.module.css";

type Props = { message: Message; own: boolean; author: string; meta: boolean };

/** Says author, text, time and state in words; how much of it is drawn depends on its place in the run. */
export const MessageItem = memo(function MessageItem({ message, own, author, meta }: Props) {
  const t = useTranslate();
  const locale = useLocale();
  const time = (
    <time dateTime={message.createdAt} title={formatFull(message.createdAt, locale)}>
      {formatClock(message.createdAt, locale)}
    </time>
  );
  return (
    <article className={styles["item"]} data-message={message.id} aria-label={author}>
      <div className={styles["bubble"]}>
        <Body message={message} />
        {meta ? (
          <span className={styles["meta"]}>
            {time} {own ? <Mark state={message.state} /> : <Words message={message} />}
          </span>
        ) : (
          <span className="visually-hidden">
            {time} {own ? t(`mark.${message.state}`) : <Words message={message} />}
          </span>
        )}
      </div>
      {message.state === "refused" ? (
        <p className={styles["refusal"]}>{t("chat.notSent", { reason: message.refusal ?? "" })}</p>
      ) : null}
    </article>
  );
});

/** Of others' messages only what is new needs a word of its own. */
function Words({ message }: { message: Message }) {
  const t = useTranslate();
  return (
    <span className="visually-hidden">{t(message.state === "unread" ? "mark.unread" : "chat.received")}</span>
  );
}

function Body({ message }: { message: Message }) {
  const t = useTranslate();
  if (message.problem === "unreadable") return <em>{t("chat.unreadable")}</em>;
  if (message.problem === "unsupported") return <em>{t("chat.unsupported")}</em>;
  return (
    <span className={styles["text"]} dir="auto">
      {message.text}
    </span>
  );
}
