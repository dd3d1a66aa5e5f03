import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./scan.module.css";

type Props = {
  found: "same" | "different";
  name: string;
  verified: boolean;
  onAgain: () => void;
  /** What to do once the numbers are the same. */
  children: ReactNode;
};

/** What the scanned number says of the one that is shown here. */
export function ScanResult({ found, name, verified, onAgain, children }: Props) {
  const t = useTranslate();
  if (found === "same") {
    return (
      <>
        <Notice>{t(verified ? "trust.sameAgain" : "trust.same", { name })}</Notice>
        {children}
      </>
    );
  }
  return (
    <>
      <Notice look="danger">{t("trust.scanDifferent", { name })}</Notice>
      <div className={styles["buttons"]}>
        <Button look="outlined" onClick={onAgain}>
          {t("trust.scanAgain")}
        </Button>
      </div>
    </>
  );
}
