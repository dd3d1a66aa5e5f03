import styles from "./logo.module.css";

/** The mark is an inverted fermata: a note held, under the voice. */
export function Logo({ size = "small" }: { size?: "small" | "large" }) {
  return (
    <span className={`${styles["logo"]} ${styles[size]}`}>
      <svg viewBox="0 0 64 64" aria-hidden="true">
        <rect className={styles["seal"]} width="64" height="64" rx="15" />
        <path className={styles["arc"]} d="M13 27a19 19 0 0 0 38 0" />
        <circle className={styles["dot"]} cx="32" cy="26" r="5.5" />
      </svg>
      <span>Sotto</span>
    </span>
  );
}
