import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { RecoveryKey } from "../../components/recovery-key.tsx";
import { Section } from "../../components/screen.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { scheduleRecoveryCheck } from "../../lib/recovery-check.ts";
import { CheckRecoveryForm } from "./check-recovery-form.tsx";
import { ConfirmForm } from "./confirm-form.tsx";
import styles from "./settings.module.css";

/** The key itself is nowhere but with the person: it can be tried, or replaced by a new one. */
export function RecoverySection() {
  const t = useTranslate();
  const me = useMe();
  const messenger = useMessenger();
  const [doing, setDoing] = useState<"nothing" | "checking" | "renewing" | "checked">("nothing");
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const renew = async (password: string) => {
    const renewed = await messenger.call("renewRecoveryKey", password);
    setRecoveryKey(renewed.recoveryKey);
    setDoing("nothing");
    scheduleRecoveryCheck();
  };
  return (
    <Section title={t("settings.recovery")}>
      <p className={styles["soft"]}>{t("settings.recoveryText")}</p>
      {recoveryKey === null ? null : (
        <>
          <Notice>{t("settings.recoveryRenewed")}</Notice>
          <RecoveryKey username={me.username} recoveryKey={recoveryKey} />
          <div className={styles["buttons"]}>
            <Button onClick={() => setRecoveryKey(null)}>{t("session.saved")}</Button>
          </div>
        </>
      )}
      {doing === "checked" ? <Notice>{t("settings.recoveryFits")}</Notice> : null}
      {doing === "checking" ? (
        <CheckRecoveryForm onFits={() => setDoing("checked")} onCancel={() => setDoing("nothing")} />
      ) : null}
      {doing === "renewing" ? (
        <ConfirmForm
          label={t("settings.renewRecovery")}
          onConfirm={renew}
          onCancel={() => setDoing("nothing")}
        />
      ) : null}
      {recoveryKey === null && (doing === "nothing" || doing === "checked") ? (
        <div className={styles["buttons"]}>
          <Button look="outlined" onClick={() => setDoing("checking")}>
            {t("settings.checkRecovery")}
          </Button>
          <Button look="outlined" onClick={() => setDoing("renewing")}>
            {t("settings.renewRecovery")}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
