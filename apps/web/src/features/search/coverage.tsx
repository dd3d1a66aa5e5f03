import type { SearchCoverage } from "@sotto/client";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { formatFull } from "../../lib/time.ts";
import styles from "./search.module.css";

/** How far back the search sees while older messages are still being read. */
export function Coverage({ coverage }: { coverage: SearchCoverage | null }) {
  const t = useTranslate();
  const locale = useLocale();
  if (coverage === null || coverage.complete) return null;
  const { from, progress } = coverage;
  return (
    <div className={styles["coverage"]}>
      <span>
        {from === null ? t("search.preparing") : t("search.coveredSince", { when: formatFull(from, locale) })}
      </span>
      <progress value={progress} max={1} aria-label={t("search.progress")} />
    </div>
  );
}
