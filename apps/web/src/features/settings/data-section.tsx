import { useState } from "react";
import { Link } from "wouter";
import { Button } from "../../components/button.tsx";
import { Section } from "../../components/screen.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { ConfirmForm } from "./confirm-form.tsx";
import styles from "./settings.module.css";

/** What the server has, and how to take everything away from it. */
export function DataSection() {
  const t = useTranslate();
  const messenger = useMessenger();
  const [deleting, setDeleting] = useState(false);
  return (
    <Section title={t("settings.data")}>
      <p className={styles["soft"]}>{t("settings.serverSeesText")}</p>
      <p>
        <Link href="/settings/server">{t("stored.title")}</Link>
      </p>
      <h3 className={styles["subheading"]}>{t("settings.deleteAccount")}</h3>
      <p className={styles["soft"]}>{t("settings.deleteText")}</p>
      {deleting ? (
        <ConfirmForm
          label={t("settings.deleteForGood")}
          look="danger"
          onConfirm={(password) => messenger.call("deleteAccount", password)}
          onCancel={() => setDeleting(false)}
        />
      ) : (
        <div className={styles["buttons"]}>
          <Button look="danger" onClick={() => setDeleting(true)}>
            {t("settings.deleteAccount")}
          </Button>
        </div>
      )}
    </Section>
  );
}
