import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { cancelRecoveryCheck } from "../../lib/recovery-check.ts";
import { useAction } from "../../lib/use-action.ts";
import styles from "./settings.module.css";

/** Tries the key that the person has on paper, without using it. */
export function CheckRecoveryForm({ onFits, onCancel }: { onFits: () => void; onCancel: () => void }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [recoveryKey, setRecoveryKey] = useState("");
  const check = useAction(async () => {
    await messenger.call("checkRecoveryKey", recoveryKey);
    cancelRecoveryCheck();
    onFits();
  });
  return (
    <form
      className={styles["form"]}
      onInput={() => check.setError(null)}
      onSubmit={(event) => {
        event.preventDefault();
        check.run();
      }}
    >
      <TextField
        label={t("session.recoveryKey")}
        placeholder={t("session.recoveryKeyShape")}
        dir="ltr"
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        required
        value={recoveryKey}
        onValueChange={setRecoveryKey}
        error={sentenceOf(check.error, { "wrong-credentials": "error.wrong-recovery-key" })}
      />
      <div className={styles["buttons"]}>
        <Button type="submit" busy={check.busy}>
          {t("settings.checkRecovery")}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
