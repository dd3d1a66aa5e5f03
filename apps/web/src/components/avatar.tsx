import type { CSSProperties } from "react";
import { findHue, findInitials } from "./avatar-look.ts";
import styles from "./avatar.module.css";

type Props = {
  name: string;
  /** Base64 public key: the colour is drawn from it, so that a changed key is also seen. Without it, none. */
  publicKey?: string;
  size?: "small" | "medium" | "large";
  /** A dot: the person is there. Whoever shows it says it in words as well. */
  present?: boolean;
};

/** Decoration beside a written name. */
export function Avatar({ name, publicKey, size = "medium", present = false }: Props) {
  const hue = publicKey === undefined ? undefined : findHue(publicKey);
  const style = hue === undefined ? undefined : ({ "--hue": hue } as CSSProperties);
  return (
    <span
      className={`${styles["avatar"]} ${styles[size]} ${hue === undefined ? styles["plain"] : ""}`}
      style={style}
      aria-hidden="true"
      data-initials={findInitials(name)}
      data-present={present ? "" : undefined}
    />
  );
}
