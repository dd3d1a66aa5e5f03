import type { Message } from "@sotto/client";
import { useTranslate } from "../../lib/i18n.ts";
import type { Translate } from "../../lib/i18n.ts";
import styles from "./message.module.css";

type Props = { message: Message; side: "before" | "after" };

/** What is wrong right before a message among those of its device, or behind it where none of them follows. */
export function ChainNotice({ message, side }: Props) {
  const t = useTranslate();
  const text = side === "before" ? toWordsBefore(t, message) : toWordsAfter(t, message);
  return text === null ? null : <p className={styles["chain"]}>{text}</p>;
}

function toWordsAfter(t: Translate, { missingAfter = 0 }: Message): string | null {
  return missingAfter === 0 ? null : t("chat.missingAfter", { count: missingAfter });
}

function toWordsBefore(t: Translate, { missingBefore = 0, tampered = false }: Message): string | null {
  if (tampered) return t("chat.tampered");
  if (missingBefore === 0) return null;
  return t("chat.missingBefore", { count: missingBefore });
}
