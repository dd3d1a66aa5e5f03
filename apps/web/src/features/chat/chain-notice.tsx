import type { Message } from "@sotto/client";
import { useTranslate } from "../../lib/i18n.ts";
import type { Translate } from "../../lib/i18n.ts";
import styles from "./message.module.css";

/** Stands before a message whose place among those of its device is not the right one. */
export function ChainNotice({ message }: { message: Message }) {
  const t = useTranslate();
  const text = toWords(t, message);
  return text === null ? null : <p className={styles["chain"]}>{text}</p>;
}

function toWords(t: Translate, { missingBefore = 0, tampered = false }: Message): string | null {
  if (tampered) return t("chat.tampered");
  if (missingBefore === 0) return null;
  return t("chat.missingBefore", { count: missingBefore });
}
