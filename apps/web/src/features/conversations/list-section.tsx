import { useId } from "react";
import type { ReactNode } from "react";
import { ChevronDown } from "lucide-react";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./conversations.module.css";

type Props = {
  icon: ReactNode;
  label: string;
  /** Something in it waits to be read. */
  unread: boolean;
  expanded: boolean;
  onToggle: () => void;
  children: ReactNode;
};

/** Conversations that stand apart, and show when one asks for them. */
export function ListSection({ icon, label, unread, expanded, onToggle, children }: Props) {
  const t = useTranslate();
  const id = useId();
  return (
    <>
      <button
        type="button"
        className={styles["section"]}
        aria-expanded={expanded}
        aria-controls={id}
        onClick={onToggle}
      >
        {icon}
        <span>{label}</span>
        {unread ? (
          <span className={styles["dot"]}>
            <span className="visually-hidden">{t("mark.unread")}</span>
          </span>
        ) : null}
        <ChevronDown aria-hidden="true" className={styles["chevron"]} />
      </button>
      <div id={id} hidden={!expanded}>
        {expanded ? children : null}
      </div>
    </>
  );
}
