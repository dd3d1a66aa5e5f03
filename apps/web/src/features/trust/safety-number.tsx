import { useState } from "react";
import { Check, Copy, ScanQrCode } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { compareNumbers, toGroups } from "./compare-numbers.ts";
import { QrCode } from "./qr-code.tsx";
import styles from "./trust.module.css";

type Props = { number: string; name: string; onScan: () => void };

/** The number to show or read aloud, and what compares it: the camera, or a field for what the other person sent. */
export function SafetyNumber({ number, name, onScan }: Props) {
  const t = useTranslate();
  const [copied, setCopied] = useState(false);
  const [pasted, setPasted] = useState("");
  const groups = toGroups(number);
  const comparison = compareNumbers(number, pasted);
  return (
    <>
      <div className={styles["number"]}>
        <QrCode text={groups.join(" ")} label={t("trust.qrCode")} />
        <code className={styles["digits"]} dir="ltr" aria-label={t("trust.safetyNumber")}>
          {groups.map((group, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- groups can repeat, and never move
            <span key={index}>{group} </span>
          ))}
        </code>
      </div>
      <div className={styles["buttons"]}>
        <Button look="outlined" onClick={onScan}>
          <ScanQrCode aria-hidden="true" />
          {t("trust.scan")}
        </Button>
        <Button
          look="outlined"
          onClick={() => {
            void navigator.clipboard.writeText(groups.join(" ")).then(() => setCopied(true));
          }}
        >
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {t(copied ? "common.copied" : "common.copy")}
        </Button>
      </div>
      <TextField
        label={t("trust.compare", { name })}
        hint={t("trust.compareHint")}
        dir="ltr"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        value={pasted}
        onValueChange={setPasted}
      />
      {comparison === "same" ? <Notice>{t("trust.same", { name })}</Notice> : null}
      {comparison === "different" ? <Notice look="danger">{t("trust.different", { name })}</Notice> : null}
    </>
  );
}
