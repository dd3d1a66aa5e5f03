import { FieldError } from "../../components/field-error.tsx";
import { Screen } from "../../components/screen.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { StoredTableView } from "./stored-table.tsx";
import styles from "./settings.module.css";

/** Made from the database as it is: its tables, its columns, and this person's own rows. */
export function StoredScreen() {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const stored = trpc.account.whatIsStored.useQuery();
  return (
    <Screen title={t("stored.title")} back={{ href: "/settings", label: t("settings.title") }}>
      <div className={styles["form"]}>
        <p>{t("stored.lead")}</p>
        <p className={styles["soft"]}>{t("stored.more")}</p>
      </div>
      {stored.isPending ? <p className={styles["soft"]}>{t("common.loading")}</p> : null}
      <FieldError text={sentenceOf(stored.error)} />
      {stored.data?.tables.map((table) => (
        <StoredTableView key={table.name} table={table} />
      ))}
    </Screen>
  );
}
