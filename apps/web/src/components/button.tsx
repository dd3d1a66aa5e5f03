import type { ButtonHTMLAttributes } from "react";
import { Spinner } from "./spinner.tsx";
import styles from "./button.module.css";

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: "filled" | "outlined" | "quiet" | "danger";
  wide?: boolean;
  /** Shows that it is at work and takes no further press, but keeps the focus. */
  busy?: boolean;
};

export function Button({
  look = "filled",
  wide = false,
  busy = false,
  type,
  children,
  onClick,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the type is given, or "button"
      type={type ?? "button"}
      className={`${styles["button"]} ${styles[look]} ${wide ? styles["wide"] : ""}`}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}

type IconProps = ButtonHTMLAttributes<HTMLButtonElement> & { "aria-label": string };

/** A square of 40 px with one icon; its name also shows as a tooltip. */
export function IconButton({ children, ...rest }: IconProps) {
  return (
    <button type="button" title={rest["aria-label"]} {...rest} className={styles["icon"]}>
      {children}
    </button>
  );
}
