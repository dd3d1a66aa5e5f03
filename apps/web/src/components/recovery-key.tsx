import { useState } from "react";
import { Check, Copy, Download, Printer } from "lucide-react";
import { downloadText } from "../lib/download.ts";
import { useTranslate } from "../lib/i18n.ts";
import type { Translate } from "../lib/i18n.ts";
import { Button } from "./button.tsx";
import styles from "./recovery-key.module.css";

/** The key in numbered groups, and the ways to keep it. */
export function RecoveryKey({ username, recoveryKey }: { username: string; recoveryKey: string }) {
  const t = useTranslate();
  const [copied, setCopied] = useState(false);
  return (
    <>
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
    </>
  );
}

function toFile(t: Translate, username: string, recoveryKey: string): string {
  return `${t("session.keyFile", { server: location.origin, username })}\n\n${recoveryKey}\n`;
}
