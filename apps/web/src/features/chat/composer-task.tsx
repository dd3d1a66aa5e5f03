import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../../components/button.tsx";
import styles from "./composer.module.css";

type Props = { cancelLabel: string; onCancel: () => void; children: ReactNode };

/** Above the field: what is being answered or edited. */
export function ComposerTask({ cancelLabel, onCancel, children }: Props) {
  return (
    <div className={styles["task"]}>
      <div className={styles["about"]}>{children}</div>
      <IconButton aria-label={cancelLabel} onClick={onCancel}>
        <X aria-hidden="true" />
      </IconButton>
    </div>
  );
}
