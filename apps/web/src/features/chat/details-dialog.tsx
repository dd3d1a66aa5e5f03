import type { Message } from "@sotto/client";
import { Dialog } from "../../components/dialog.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatExact } from "../../lib/time.ts";
import { useChat } from "./chat-context.ts";
import styles from "./dialogs.module.css";

type Props = { message: Message; onClose: () => void };

/** Exact times, what became of it, and everything it said before. */
export function DetailsDialog({ message, onClose }: Props) {
  const t = useTranslate();
  const locale = useLocale();
  const { myId, peerName } = useChat();
  const own = message.senderId === myId;
  const marked = own || message.state === "unread" || message.state === "imported";
  const time = (iso: string) => <time dateTime={iso}>{formatExact(iso, locale)}</time>;
  return (
    <Dialog title={t("chat.details")} onClose={onClose}>
      <div className={styles["body"]}>
        <dl className={styles["facts"]}>
          <dt>{t("chat.detailsFrom")}</dt>
          <dd>{own ? t("chat.you") : peerName}</dd>
          <dt>{t(message.state === "queued" ? "chat.detailsWritten" : "chat.detailsSent")}</dt>
          <dd>{time(message.createdAt)}</dd>
          <dt>{t("chat.detailsState")}</dt>
          <dd>{t(`mark.${marked ? message.state : "read"}`)}</dd>
          {message.importedAt ? (
            <>
              <dt>{t("chat.detailsImported")}</dt>
              <dd>
                {time(message.importedAt)}
                <p>{t("chat.importedText")}</p>
              </dd>
            </>
          ) : null}
          {message.editedAt ? (
            <>
              <dt>{t("chat.detailsEdited")}</dt>
              <dd>{time(message.editedAt)}</dd>
            </>
          ) : null}
        </dl>
        {message.edits ? (
          <section aria-label={t("chat.editHistory")}>
            <h3 className={styles["subtitle"]}>{t("chat.editHistory")}</h3>
            <ol className={styles["edits"]}>
              {message.edits.map(({ text, createdAt }) => (
                <li key={createdAt}>
                  {time(createdAt)}
                  <p dir="auto">{text}</p>
                </li>
              ))}
            </ol>
          </section>
        ) : null}
      </div>
    </Dialog>
  );
}
