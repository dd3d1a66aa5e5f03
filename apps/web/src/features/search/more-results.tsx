import { Button } from "../../components/button.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./search.module.css";

/** Below the list, where there may be more than it shows. */
export function MoreResults({ onMore }: { onMore: () => void }) {
  const t = useTranslate();
  return (
    <div className={styles["more"]}>
      <Button look="outlined" wide onClick={onMore}>
        {t("search.showMore")}
      </Button>
    </div>
  );
}
