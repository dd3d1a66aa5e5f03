import { ShieldAlert } from "lucide-react";
import { Link } from "wouter";
import { useLocale } from "../../lib/i18n.ts";
import { Rich } from "../../lib/rich.tsx";
import { formatClock, formatFull } from "../../lib/time.ts";
import styles from "./message.module.css";

type Props = { at: string; conversationId: string; peerName: string };

/** Stands where it was noticed that the other one's key is another. */
export function KeyChangeLine({ at, conversationId, peerName }: Props) {
  const locale = useLocale();
  return (
    <p className={styles["key-change"]}>
      <ShieldAlert aria-hidden="true" />
      <span>
        <Rich
          id="chat.keyChanged"
          values={{ name: peerName }}
          components={{ link: <Link href={`/c/${conversationId}/person`} /> }}
        />{" "}
        <time dateTime={at} title={formatFull(at, locale)}>
          {formatClock(at, locale)}
        </time>
      </span>
    </p>
  );
}
