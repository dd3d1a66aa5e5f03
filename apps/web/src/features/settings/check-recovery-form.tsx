import { useState } from "react";
import { ActionForm } from "../../components/action-form.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { cancelRecoveryCheck } from "../../lib/recovery-check.ts";
import { useAction } from "../../lib/use-action.ts";

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
    <ActionForm
      action={check}
      error={undefined}
      submitLabel={t("settings.checkRecovery")}
      onCancel={onCancel}
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
    </ActionForm>
  );
}
