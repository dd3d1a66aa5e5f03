import { useSyncExternalStore } from "react";
import { KeyRound } from "lucide-react";
import { Link } from "wouter";
import { LinkButton } from "../components/link-button.tsx";
import { useTranslate } from "../lib/i18n.ts";
import { isRecoveryCheckDue, onRecoveryCheckChange, scheduleRecoveryCheck } from "../lib/recovery-check.ts";
import styles from "./shell.module.css";

/** A week after the recovery key was shown: is it still where you can find it? */
export function RecoveryReminder() {
  const t = useTranslate();
  const due = useSyncExternalStore(onRecoveryCheckChange, isRecoveryCheckDue);
  if (!due) return null;
  return (
    <p className={styles["reminder"]}>
      <KeyRound aria-hidden="true" />
      <span>
        {t("app.recoveryReminder")} <Link href="/settings">{t("app.recoveryCheck")}</Link>{" "}
        <LinkButton onClick={() => scheduleRecoveryCheck()}>{t("app.later")}</LinkButton>
      </span>
    </p>
  );
}
