import type { Message } from "@sotto/client";
import styles from "./message.module.css";

/** Stands before a message whose place among those of its device is not the right one. */
export function ChainNotice({ message }: { message: Message }) {
  const text = toWords(message);
  return text === null ? null : <p className={styles["chain"]}>{text}</p>;
}

function toWords({ missingBefore = 0, tampered = false }: Message): string | null {
  if (tampered)
    return "The order of messages was changed on the way. The next one is not where it was written.";
  if (missingBefore === 0) return null;
  return missingBefore === 1 ? "1 message is missing." : `${missingBefore} messages are missing.`;
}
