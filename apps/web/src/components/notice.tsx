import type { ReactNode } from "react";
import { CircleAlert, Info } from "lucide-react";
import styles from "./notice.module.css";

type Props = { look?: "plain" | "warning" | "danger"; children: ReactNode };

/** One sentence on a quiet strip. */
export function Notice({ look = "plain", children }: Props) {
  const Icon = look === "plain" ? Info : CircleAlert;
  return (
    <output className={`${styles["notice"]} ${styles[look]}`}>
      <Icon aria-hidden="true" />
      <span>{children}</span>
    </output>
  );
}
