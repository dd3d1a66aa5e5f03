import { memo } from "react";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatDay, toDayKey } from "../../lib/time.ts";
import { ChainNotice } from "./chain-notice.tsx";
import { MessageItem } from "./message-item.tsx";
import type { MessageRow } from "./rows.ts";
import styles from "./message.module.css";

type Props = {
  row: MessageRow;
  own: boolean;
  peerName: string;
  now: Date;
  shown: boolean;
  tabStop: boolean;
};

/** A message with what stands around it: its day, the divider, what is missing. */
export const MessageLine = memo(function MessageLine({ row, own, peerName, now, ...rest }: Props) {
  const t = useTranslate();
  const locale = useLocale();
  const { message } = row;
  return (
    <div
      className={`${styles["line"]} ${own ? styles["own"] : styles["other"]}`}
      data-starts-run={row.startsRun ? "" : undefined}
      data-ends-run={row.endsRun ? "" : undefined}
    >
      {row.startsDay ? (
        <h2 className={styles["date"]}>
          <time dateTime={toDayKey(new Date(message.createdAt))}>
            {formatDay(message.createdAt, now, locale)}
          </time>
        </h2>
      ) : null}
      {row.startsNew ? (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a rule with a word on it is more than <hr>
        <div className={styles["new"]} role="separator" aria-label={t("chat.newMessages")}>
          {t("chat.new")}
        </div>
      ) : null}
      <ChainNotice message={message} side="before" />
      <MessageItem
        message={message}
        own={own}
        author={own ? t("chat.you") : peerName}
        meta={row.meta}
        {...rest}
      />
      <ChainNotice message={message} side="after" />
    </div>
  );
});
