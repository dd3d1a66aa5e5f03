import { CircleAlert } from "lucide-react";
import styles from "./text-field.module.css";

/** Present before there is anything to say, so that assistive technology hears the sentence when it comes. */
export function FieldError({ id, text }: { id?: string; text: string | undefined }) {
  return (
    <div id={id} role="alert" className={styles["error"]}>
      {text ? (
        <>
          <CircleAlert aria-hidden="true" />
          <span>{text}</span>
        </>
      ) : null}
    </div>
  );
}
