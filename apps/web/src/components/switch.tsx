import { useId } from "react";
import styles from "./switch.module.css";

type Props = {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onCheckedChange: (checked: boolean) => void;
};

/** Something that is on or off from the moment it is pressed. */
export function Switch({ label, hint, checked, disabled = false, onCheckedChange }: Props) {
  const id = useId();
  return (
    <div className={styles["row"]}>
      <div className={styles["words"]}>
        <label className={styles["label"]} htmlFor={id}>
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className={styles["hint"]}>
            {hint}
          </p>
        ) : null}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className={styles["switch"]}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onCheckedChange(event.currentTarget.checked)}
      />
    </div>
  );
}
