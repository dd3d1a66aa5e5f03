import { Fragment } from "react";
import type { Message } from "@sotto/client";
import { Dialog } from "../../components/dialog.tsx";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { useLive } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";
import { formatExact } from "../../lib/time.ts";
import { useChat } from "./chat-context.ts";
import styles from "./dialogs.module.css";

const readSettings = (port: MessengerPort) => port.call("settings");

type Props = { message: Message; onClose: () => void };

/** Exact times, what became of it, and everything it said before. */
export function DetailsDialog({ message, onClose }: Props) {
  const t = useTranslate();
  const locale = useLocale();
  const { myId, peerName } = useChat();
  const own = message.senderId === myId;
  const marked = own || message.state === "unread" || message.state === "imported";
  const stored = message.state !== "queued" && message.state !== "refused";
  const time = (iso: string) => <time dateTime={iso}>{formatExact(iso, locale)}</time>;
  return (
    <Dialog title={t("chat.details")} onClose={onClose}>
      <section
        className={styles["body"]}
        aria-label={t("chat.details")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard
        tabIndex={message.edits ? 0 : undefined}
      >
        <dl className={styles["facts"]}>
          <dt>{t("chat.detailsFrom")}</dt>
          <dd>{own ? t("chat.you") : peerName}</dd>
          <dt>{t(stored ? "chat.detailsSent" : "chat.detailsWritten")}</dt>
          <dd>{time(message.createdAt)}</dd>
          <dt>{t("chat.detailsState")}</dt>
          <dd>{t(`mark.${marked ? message.state : "read"}`)}</dd>
          {own ? <Marks message={message} /> : null}
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
      </section>
    </Dialog>
  );
}

/** When an own message arrived and was read; the latter only for who lets others see that too. */
function Marks({ message: { deliveredAt, readAt } }: { message: Message }) {
  const t = useTranslate();
  const locale = useLocale();
  const { value: settings } = useLive("settings", readSettings);
  const shown = [
    { words: "mark.delivered", at: deliveredAt },
    { words: "mark.read", at: settings?.readReceipts ? readAt : undefined },
  ] as const;
  return shown.map(({ words, at }) =>
    at === undefined ? null : (
      <Fragment key={words}>
        <dt>{t(words)}</dt>
        <dd>
          <time dateTime={at}>{formatExact(at, locale)}</time>
        </dd>
      </Fragment>
    ),
  );
}
