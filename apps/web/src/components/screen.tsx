import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { ArrowLeft } from "lucide-react";
import { Link } from "wouter";
import { useScreenTitle } from "../lib/title.ts";
import styles from "./screen.module.css";

type Props = { title: string; back: { href: string; label: string }; children: ReactNode };

/** What fills the large pane when it is not a conversation: a heading that takes the focus, the way back, one column. */
export function Screen({ title, back, children }: Props) {
  useScreenTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles["screen"]} aria-label={title}>
      <header className={styles["header"]}>
        <Link href={back.href} className={styles["back"] ?? ""} aria-label={back.label} title={back.label}>
          <ArrowLeft aria-hidden="true" />
        </Link>
        <h1 ref={heading} tabIndex={-1} className={`${styles["title"]} own-direction`} dir="auto">
          {title}
        </h1>
      </header>
      <div className={styles["scroll"]}>
        <div className={styles["column"]}>{children}</div>
      </div>
    </section>
  );
}

/** A subject within a screen. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles["section"]}>
      <h2 className={styles["heading"]}>{title}</h2>
      {children}
    </section>
  );
}
