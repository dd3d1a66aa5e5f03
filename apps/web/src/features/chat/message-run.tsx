import { showsMeta } from "./group-messages.ts";
import type { Run } from "./group-messages.ts";
import { MessageItem } from "./message-item.tsx";
import styles from "./message.module.css";

type Props = { run: Run; own: boolean; peerName: string };

export function MessageRun({ run, own, peerName }: Props) {
  return (
    <div className={`${styles["run"]} ${own ? styles["own"] : styles["other"]}`}>
      {run.messages.map((message, index) => (
        <MessageItem
          key={message.id}
          message={message}
          own={own}
          author={own ? "You" : peerName}
          meta={showsMeta(run, index)}
        />
      ))}
    </div>
  );
}
