import { useEffect, useState } from "react";
import { Check, Copy, Download, Printer } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Checkbox } from "../../components/checkbox.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { downloadText } from "../../lib/download.ts";
import { useTranslate } from "../../lib/i18n.ts";
import type { Translate } from "../../lib/i18n.ts";
import styles from "./recovery-key.module.css";

type Props = { username: string; recoveryKey: string; onContinue: () => void };

/** Shown once, right after sign-up. Leaving the page without having saved it asks first. */
export function RecoveryKeyScreen({ username, recoveryKey, onContinue }: Props) {
  const t = useTranslate();
  const [saved, setSaved] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    if (!saved) addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [saved]);

  return (
    <Sheet title={t("session.keyTitle")}>
      <p className={styles["lead"]}>{t("session.keyLead")}</p>
      <p className={styles["account"]}>{t("session.keyFor", { username })}</p>
      <code className={styles["key"]} aria-label={t("session.recoveryKey")} dir="ltr">
        {recoveryKey.split("-").map((group, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- groups can repeat, and never move
          <span key={index} className={styles["group"]}>
            {group}{" "}
          </span>
        ))}
      </code>
      <div className={styles["ways"]}>
        <Button
          look="outlined"
          onClick={() => {
            void navigator.clipboard.writeText(recoveryKey).then(() => setCopied(true));
          }}
        >
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {t(copied ? "common.copied" : "common.copy")}
        </Button>
        <Button
          look="outlined"
          onClick={() => downloadText("sotto-recovery-key.txt", toFile(t, username, recoveryKey))}
        >
          <Download aria-hidden="true" />
          {t("session.download")}
        </Button>
        <Button look="outlined" onClick={() => print()}>
          <Printer aria-hidden="true" />
          {t("session.print")}
        </Button>
      </div>
      <div className={styles["end"]}>
        <Checkbox label={t("session.saved")} checked={saved} onCheckedChange={setSaved} />
        <Button wide disabled={!saved} onClick={onContinue}>
          {t("session.continue")}
        </Button>
      </div>
    </Sheet>
  );
}

function toFile(t: Translate, username: string, recoveryKey: string): string {
  return `${t("session.keyFile", { server: location.origin, username })}\n\n${recoveryKey}\n`;
}
