import { useId, useState } from "react";
import type { ReactNode } from "react";
import { Archive, ChevronDown } from "lucide-react";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./conversations.module.css";

type Props = {
  count: number;
  /** Something in it waits to be read. */
  unread: boolean;
  /** The open conversation is one of them: then they show. */
  holdsOpen: boolean;
  children: ReactNode;
};

export function ArchivedSection({ count, unread, holdsOpen, children }: Props) {
  const t = useTranslate();
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const expanded = chosen ?? holdsOpen;
  return (
    <>
      <button
        type="button"
        className={styles["archived"]}
        aria-expanded={expanded}
        aria-controls={id}
        onClick={() => setChosen(!expanded)}
      >
        <Archive aria-hidden="true" />
        <span>{t("conversations.archived", { count })}</span>
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
