import type { ReactNode } from "react";
import styles from "./link-button.module.css";

/** Looks like a link within a sentence, and does something here. */
export function LinkButton({ onClick, children }: { onClick: () => void; children?: ReactNode }) {
  return (
    <button type="button" className={styles["link"]} onClick={onClick}>
      {children}
    </button>
  );
}
