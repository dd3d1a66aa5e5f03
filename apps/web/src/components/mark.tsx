import type { MessageState } from "@sotto/client";
import { Check, CheckCheck, CircleAlert, Clock, FileInput } from "lucide-react";
import { useTranslate } from "../lib/i18n.ts";
import styles from "./mark.module.css";

/** What became of an own message: clock, one check, two checks, two in colour and bolder. Or that it is from a file. */
export function Mark({ state }: { state: MessageState }) {
  const t = useTranslate();
  const Icon = icons[state];
  return (
    <>
      {Icon ? <Icon className={`${styles["mark"]} ${styles[state] ?? ""}`} aria-hidden="true" /> : null}
      <span className="visually-hidden">{t(`mark.${state}`)}</span>
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
  imported: FileInput,
} satisfies Record<MessageState, typeof Check | null>;
