import { useId } from "react";
import type { ComponentProps, ReactNode } from "react";
import { FieldError } from "./field-error.tsx";
import styles from "./text-field.module.css";

type Props = Omit<ComponentProps<"input">, "onChange" | "value"> & {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  /** A control at the end of the field. */
  end?: ReactNode;
};

export function TextField({ label, value, onValueChange, hint, error, end, ...rest }: Props) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <div className={styles["box"]} data-invalid={error ? "" : undefined}>
        <input
          type="text"
          {...rest}
          id={id}
          className={styles["input"]}
          value={value}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          onChange={(event) => onValueChange(event.currentTarget.value)}
        />
        {end}
      </div>
      <FieldError id={`${id}-error`} text={error} />
      {hint ? (
        <p id={`${id}-hint`} className={styles["hint"]}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
