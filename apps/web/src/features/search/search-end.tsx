import { Button } from "../../components/button.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./search.module.css";

type Props = {
  /** A search was answered, with nothing. */
  empty: boolean;
  /** There may be more than what is listed. */
  more: boolean;
  onMore: () => void;
};

/** Below what was found: what can be done next. */
export function SearchEnd({ empty, more, onMore }: Props) {
  const t = useTranslate();
  if (empty) return <p className={styles["help"]}>{t("search.nothingHelp")}</p>;
  if (!more) return null;
  return (
    <div className={styles["more"]}>
      <Button look="outlined" wide onClick={onMore}>
        {t("search.showMore")}
      </Button>
    </div>
  );
}
