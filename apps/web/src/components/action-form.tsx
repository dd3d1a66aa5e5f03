import type { ReactNode } from "react";
import type { useAction } from "../lib/use-action.ts";
import { useTranslate } from "../lib/i18n.ts";
import { Button } from "./button.tsx";
import { FieldError } from "./field-error.tsx";
import styles from "./action-form.module.css";

type Props = {
  action: Pick<ReturnType<typeof useAction<[]>>, "busy" | "run" | "setError">;
  /** What went wrong, where no field says it. */
  error: string | undefined;
  submitLabel: string;
  look?: "filled" | "danger";
  /** False while something else has to be done first. */
  ready?: boolean;
  /** With a button that leaves; without one the other is as wide as the form. */
  onCancel?: () => void;
  children: ReactNode;
};

/** A form that does one thing. What went wrong stands above its button until something is typed. */
export function ActionForm({ action, error, submitLabel, look, ready = true, onCancel, children }: Props) {
  const t = useTranslate();
  const submit = (
    <Button type="submit" look={look ?? "filled"} wide={!onCancel} busy={action.busy} disabled={!ready}>
      {submitLabel}
    </Button>
  );
  return (
    <form
      className={styles["form"]}
      onInput={() => action.setError(null)}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) action.run();
      }}
    >
      {children}
      <FieldError text={error} />
      {onCancel ? (
        <div className={styles["buttons"]}>
          {submit}
          <Button look="quiet" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
        </div>
      ) : (
        submit
      )}
    </form>
  );
}
