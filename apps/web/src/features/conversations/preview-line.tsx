import type { Conversation } from "@sotto/client";
import { Mark } from "../../components/mark.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { toPlainText } from "../../lib/plain-text.ts";
import { toPreview } from "./preview.ts";
import styles from "./conversations.module.css";

/** What was begun to be written here, or else the last message. */
export function Preview({
  conversation,
  myId,
  open,
}: {
  conversation: Conversation;
  myId: string;
  open: boolean;
}) {
  const t = useTranslate();
  const { lastMessage, draft } = conversation;
  if (draft.trim() !== "" && !open) {
    return (
      <p className={styles["preview"]}>
        <span className={styles["draft"]}>{t("conversations.draft")}</span>
        <span dir="auto">{toPlainText(draft)}</span>
      </p>
    );
  }
  const own = lastMessage?.senderId === myId && !lastMessage.deleted;
  return (
    <p className={styles["preview"]}>
      {own ? <Mark state={lastMessage.state} /> : null}
      <span dir="auto">{toPreview(t, lastMessage)}</span>
    </p>
  );
}
