import { Fragment } from "react";
import { useTranslate } from "../../lib/i18n.ts";
import { ChainNotice } from "./chain-notice.tsx";
import { showsMeta } from "./group-messages.ts";
import type { Run } from "./group-messages.ts";
import { MessageItem } from "./message-item.tsx";
import styles from "./message.module.css";

type Props = { run: Run; own: boolean; peerName: string };

export function MessageRun({ run, own, peerName }: Props) {
  const t = useTranslate();
  return (
    <div className={`${styles["run"]} ${own ? styles["own"] : styles["other"]}`}>
      {run.messages.map((message, index) => (
        <Fragment key={message.id}>
          <ChainNotice message={message} />
          <MessageItem
            message={message}
            own={own}
            author={own ? t("chat.you") : peerName}
            meta={showsMeta(run, index)}
          />
        </Fragment>
      ))}
    </div>
  );
}
