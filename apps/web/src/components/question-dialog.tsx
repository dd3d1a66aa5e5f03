import type { ReactNode } from "react";
import { useSentence } from "../lib/errors.ts";
import { useTranslate } from "../lib/i18n.ts";
import { useAction } from "../lib/use-action.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { FieldError } from "./field-error.tsx";
import styles from "./question-dialog.module.css";

export type Question = {
  title: string;
  /** What the person should know before they decide. */
  children: ReactNode;
  confirmLabel: string;
  look: "filled" | "danger";
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** Asks before something is done, and closes once it is. */
export function QuestionDialog({ title, children, confirmLabel, look, onConfirm, onClose }: Question) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const confirm = useAction(async () => {
    await onConfirm();
    onClose();
  });
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles["question"]}>
        <p>{children}</p>
        <FieldError text={sentenceOf(confirm.error, { "key-changed": "common.keyChangedAgain" })} />
        <div className={styles["choices"]}>
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look={look} busy={confirm.busy} onClick={() => confirm.run()}>
            {confirmLabel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
