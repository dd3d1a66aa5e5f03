import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { Logo } from "./logo.tsx";
import { useScreenTitle } from "../lib/title.ts";
import styles from "./sheet.module.css";

/** A page with one thing on it. Its heading takes the focus, so that a change of page is heard and Tab goes on from there. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  useScreenTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className={styles["page"]}>
      <div className={styles["sheet"]}>
        <Logo />
        <h1 ref={heading} tabIndex={-1} className={styles["title"]}>
          {title}
        </h1>
        {children}
      </div>
    </main>
  );
}
