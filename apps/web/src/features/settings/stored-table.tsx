import type { StoredTable } from "@sotto/protocol";
import { Section } from "../../components/screen.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import type { MessageKey } from "../../lib/i18n.ts";
import { messages as english } from "../../locales/en-later.ts?compiled";
import styles from "./settings.module.css";

/** Rows lie on their side: a column is a line, so that long names and values fit on a phone. */
export function StoredTableView({ table }: { table: StoredTable }) {
  const t = useTranslate();
  const { name, columns, rowCount, rows } = table;
  const explanation = `stored.${name}`;
  return (
    <Section title={name}>
      {isKey(explanation) ? <p className={styles["soft"]}>{t(explanation)}</p> : null}
      <p className={styles["soft"]}>{t("stored.rows", { count: rowCount })}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keyboard */}
      <section className={styles["stored"]} aria-label={name} tabIndex={0}>
        <table>
          <tbody>
            {columns.map((column, index) => (
              <tr key={column}>
                <th scope="row">{column}</th>
                {rows.map((row) => (
                  <td key={row.map((value) => value?.start).join("|")}>
                    <Value value={row[index] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}

function Value({ value }: { value: StoredTable["rows"][number][number] }) {
  const t = useTranslate();
  if (value === null) return <span className={styles["faint"]}>–</span>;
  const rest = value.length - value.start.length;
  return (
    <>
      <code dir="ltr">
        {value.start}
        {rest > 0 ? "…" : null}
      </code>
      {rest > 0 ? (
        <bdi className={styles["faint"]}> {t("stored.length", { count: value.length })}</bdi>
      ) : null}
    </>
  );
}

type TableKey = Extract<MessageKey, "stored.users">;

/** A table that this version has no words for is shown without. */
function isKey(key: string): key is TableKey {
  return Object.hasOwn(english, key);
}
