import { CloudOff } from "lucide-react";
import { useConnection } from "../lib/messenger.tsx";
import { useDelayed } from "../lib/use-delayed.ts";
import { useTranslate } from "../lib/i18n.ts";
import styles from "./shell.module.css";

/** A short break is nobody's business; a longer one is said once, and quietly. */
const quietMs = 2_000;

export function ConnectionBanner() {
  const t = useTranslate();
  const connection = useConnection();
  const shown = useDelayed(connection !== "online", quietMs);
  return (
    <output>
      {shown ? (
        <span className={styles["banner"]}>
          <CloudOff aria-hidden="true" />
          {t(connection === "offline" ? "app.offline" : "app.connecting")}
        </span>
      ) : null}
    </output>
  );
}
