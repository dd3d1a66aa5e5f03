import type { Message } from "@sotto/client";
import { toSentenceOf } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useChat } from "./chat-context.ts";
import styles from "./message.module.css";

/** Why a message was not sent, and what can be done about it. */
export function Refusal({ message }: { message: Message }) {
  const t = useTranslate();
  const { retry, discard } = useChat();
  const reason = toSentenceOf(t, message.refusalReason, message.refusal ?? "");
  return (
    <div className={styles["refusal"]}>
      <p>{t("chat.notSent", { reason })}</p>
      <div className={styles["ways"]}>
        <button type="button" onClick={() => retry(message.id)}>
          {t("chat.tryAgain")}
        </button>
        <button type="button" onClick={() => discard(message.id)}>
          {t("chat.discard")}
        </button>
      </div>
    </div>
  );
}
