import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";
import styles from "./sheet.module.css";

/** A page with one thing on it: the mark, a heading, and what belongs to it. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles["page"]}>
      <div className={styles["sheet"]}>
        <Logo />
        <h1 className={styles["title"]}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
