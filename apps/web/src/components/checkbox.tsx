import { useId } from "react";
import styles from "./checkbox.module.css";

type Props = { label: string; checked: boolean; onCheckedChange: (checked: boolean) => void };

export function Checkbox({ label, checked, onCheckedChange }: Props) {
  const id = useId();
  return (
    <div className={styles["row"]}>
      <input
        id={id}
        type="checkbox"
        className={styles["box"]}
        checked={checked}
        onChange={(event) => onCheckedChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
