import { useTranslate } from "../../lib/i18n.ts";
import { toPlainText } from "../../lib/plain-text.ts";
import { useChat } from "./chat-context.ts";
import { useMessage } from "./use-message.ts";
import styles from "./quote.module.css";

const maxLength = 240;

type Props = { messageId: string; onJump: (messageId: string) => void };

/** The message that is answered, short; a press goes there. */
export function Quote({ messageId, onJump }: Props) {
  const t = useTranslate();
  const { conversationId, myId, peerName } = useChat();
  const message = useMessage(conversationId, messageId);
  const note = message === null ? "quoteMissing" : message?.deleted ? "deleted" : message?.problem;
  const text = note ? t(`chat.${note}`) : toPlainText(message?.text ?? "", maxLength);
  return (
    <button
      type="button"
      className={styles["quote"]}
      data-note={note ? "" : undefined}
      title={t("chat.goToQuoted")}
      onClick={() => onJump(messageId)}
    >
      {message ? (
        <span className={styles["author"]}>{message.senderId === myId ? t("chat.you") : peerName}</span>
      ) : null}
      <span className={styles["words"]} dir="auto">
        {text}
      </span>
    </button>
  );
}
