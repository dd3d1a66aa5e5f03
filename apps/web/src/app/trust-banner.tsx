import { useCallback, useState } from "react";
import { ShieldAlert } from "lucide-react";
import type { MessengerEvents } from "@sotto/client";
import { useMessengerEvent } from "../lib/messenger.tsx";
import styles from "./shell.module.css";

type Warning = MessengerEvents["warning"];

const texts: Record<Warning["code"], string> = {
  "account-data-rolled-back":
    "The server has lost or taken back some of your settings. This device put its own back.",
  "untrusted-answer":
    "The server gave an answer that does not fit, and it was not used. Tell whoever runs it.",
};

/** Stays until the page is loaded again: it is rare, and nothing that one should miss. */
export function TrustBanner() {
  const [code, setCode] = useState<Warning["code"] | null>(null);
  useMessengerEvent(
    "warning",
    useCallback((warning: Warning) => setCode(warning.code), []),
  );
  if (code === null) return null;
  return (
    <p className={styles["banner"]} role="alert">
      <ShieldAlert aria-hidden="true" />
      {texts[code]}
    </p>
  );
}
