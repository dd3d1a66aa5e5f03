import { ArrowDown } from "lucide-react";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./log.module.css";

/** How many messages wait below is said in its name and drawn as a badge. */
export function JumpButton({ unreadCount, onJump }: { unreadCount: number; onJump: () => void }) {
  const t = useTranslate();
  const name = unreadCount > 0 ? t("chat.jumpToUnread", { count: unreadCount }) : t("chat.jumpToLatest");
  return (
    <button type="button" className={styles["jump"]} aria-label={name} onClick={onJump}>
      <ArrowDown aria-hidden="true" />
      {unreadCount > 0 ? (
        <span className={styles["count"]} aria-hidden="true">
          {unreadCount > 99 ? "99+" : unreadCount}
        </span>
      ) : null}
    </button>
  );
}
