import { memo } from "react";
import type { Message } from "@sotto/client";
import { Mark } from "../../components/mark.tsx";
import { markWords } from "../../components/mark-words.ts";
import { formatClock, formatFull } from "../../lib/time.ts";
import styles from "./message.module.css";

type Props = { message: Message; own: boolean; author: string; meta: boolean };

/** Says author, text, time and state in words; how much of it is drawn depends on its place in the run. */
export const MessageItem = memo(function MessageItem({ message, own, author, meta }: Props) {
  const time = (
    <time dateTime={message.createdAt} title={formatFull(message.createdAt)}>
      {formatClock(message.createdAt)}
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
            {time} {own ? markWords[message.state] : <Words message={message} />}
          </span>
        )}
      </div>
      {message.state === "refused" ? (
        <p className={styles["refusal"]}>Not sent. {message.refusal ?? "The server refused it."}</p>
      ) : null}
    </article>
  );
});

/** Of others' messages only what is new needs a word of its own. */
function Words({ message }: { message: Message }) {
  return (
    <span className="visually-hidden">{message.state === "unread" ? markWords.unread : "Received"}</span>
  );
}

function Body({ message }: { message: Message }) {
  if (message.problem === "unreadable") return <em>This message could not be opened.</em>;
  if (message.problem === "unsupported") return <em>This message needs a newer version of Sotto.</em>;
  return (
    <span className={styles["text"]} dir="auto">
      {message.text}
    </span>
  );
}
