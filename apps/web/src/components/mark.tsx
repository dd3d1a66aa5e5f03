import type { MessageState } from "@sotto/client";
import { Check, CheckCheck, CircleAlert, Clock } from "lucide-react";
import { markWords } from "./mark-words.ts";
import styles from "./mark.module.css";

/** What became of an own message: clock, one check, two checks, two in colour and bolder. */
export function Mark({ state }: { state: MessageState }) {
  const Icon = icons[state];
  return (
    <>
      {Icon ? <Icon className={`${styles["mark"]} ${styles[state] ?? ""}`} aria-hidden="true" /> : null}
      <span className="visually-hidden">{markWords[state]}</span>
    </>
  );
}

const icons = {
  queued: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  refused: CircleAlert,
  unread: null,
} satisfies Record<MessageState, typeof Check | null>;
