import { useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { RecoveryKey } from "../../components/recovery-key.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./recovery-key.module.css";

type Props = { username: string; recoveryKey: string; onContinue: () => void };

/** Shown once, right after sign-up. Leaving the page without having saved it asks first. */
export function RecoveryKeyScreen({ username, recoveryKey, onContinue }: Props) {
  const t = useTranslate();
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    if (!saved) addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [saved]);

  return (
    <Sheet title={t("session.keyTitle")}>
      <p className={styles["lead"]}>{t("session.keyLead")}</p>
      <RecoveryKey username={username} recoveryKey={recoveryKey} />
      <div className={styles["end"]}>
        <Checkbox label={t("session.saved")} checked={saved} onCheckedChange={setSaved} />
        <Button wide disabled={!saved} onClick={onContinue}>
          {t("session.continue")}
        </Button>
      </div>
    </Sheet>
  );
}
