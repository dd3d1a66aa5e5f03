import { Sheet } from "../components/sheet.tsx";
import type { Requirement } from "../lib/requirements.ts";
import { useTranslate } from "../lib/i18n.ts";
import { Rich } from "../lib/rich.tsx";
import styles from "./unsupported.module.css";

/** Why this page can't run Sotto, and what to do about it. */
export function Unsupported({ missing }: { missing: Requirement }) {
  const t = useTranslate();
  if (missing === "browser") {
    return (
      <Sheet title={t("app.tooOldTitle")}>
        <p>{t("app.tooOld")}</p>
      </Sheet>
    );
  }
  return (
    <Sheet title={t("app.insecureTitle")}>
      <p>
        <Rich id="app.insecure" values={{ origin: location.origin }} components={{ strong: <strong /> }} />
      </p>
      <p>{t("app.insecureProxy")}</p>
      <pre className={styles["code"]} dir="ltr">
        {"chat.example.org {\n  reverse_proxy 127.0.0.1:3000\n}"}
      </pre>
      <p>
        <Rich
          id="app.insecureStart"
          values={{ origin: "PUBLIC_ORIGIN=https://chat.example.org", proxy: "TRUST_PROXY=1" }}
          components={{ code: <code className={styles["name"]} dir="ltr" /> }}
        />
      </p>
    </Sheet>
  );
}
