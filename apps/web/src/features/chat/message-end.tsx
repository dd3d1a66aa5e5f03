import type { Message } from "@sotto/client";
import { Mark } from "../../components/mark.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatClock, formatFull } from "../../lib/time.ts";
import styles from "./message.module.css";

type Props = { message: Message; own: boolean; visible: boolean };

/** When it was written and what became of it, to see or only to hear. */
export function MessageEnd({ message, own, visible }: Props) {
  const t = useTranslate();
  const locale = useLocale();
  const marked = own || message.state === "imported";
  const edited = message.editedAt !== undefined && !message.deleted;
  const words = (
    <>
      {edited ? <span>{t("chat.edited")}</span> : null}
      <time dateTime={message.createdAt} title={formatFull(message.createdAt, locale)}>
        {formatClock(message.createdAt, locale)}
      </time>
    </>
  );
  if (visible || edited) {
    return (
      <span className={styles["meta"]}>
        {words} {marked ? <Mark state={message.state} /> : <Heard message={message} />}
      </span>
    );
  }
  return (
    <span className="visually-hidden">
      {words} {marked ? t(`mark.${message.state}`) : <Heard message={message} />}
    </span>
  );
}

/** Of others' messages only what is new needs a word of its own. */
function Heard({ message }: { message: Message }) {
  const t = useTranslate();
  return (
    <span className="visually-hidden">{t(message.state === "unread" ? "mark.unread" : "chat.received")}</span>
  );
}
