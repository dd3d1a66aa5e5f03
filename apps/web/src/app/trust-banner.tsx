import { useCallback, useState } from "react";
import { ShieldAlert } from "lucide-react";
import type { MessengerEvents } from "@sotto/client";
import { useMessengerEvent } from "../lib/messenger.tsx";
import { useTranslate } from "../lib/i18n.ts";
import type { MessageKey } from "../lib/i18n.ts";
import styles from "./shell.module.css";

type Warning = MessengerEvents["warning"];

const texts = {
  "account-data-rolled-back": "app.settingsRolledBack",
  "untrusted-answer": "error.untrusted-answer",
} as const satisfies Record<Warning["code"], MessageKey>;

/** Stays until the page is loaded again: it is rare, and nothing that one should miss. */
export function TrustBanner() {
  const t = useTranslate();
  const [code, setCode] = useState<Warning["code"] | null>(null);
  useMessengerEvent(
    "warning",
    useCallback((warning: Warning) => setCode(warning.code), []),
  );
  if (code === null) return null;
  return (
    <p className={styles["banner"]} role="alert">
      <ShieldAlert aria-hidden="true" />
      {t(texts[code])}
    </p>
  );
}
