import { useState } from "react";
import { ActionForm } from "../../components/action-form.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMe } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";

type Props = {
  label: string;
  look?: "filled" | "danger";
  /** False while something else has to be done first. */
  ready?: boolean;
  onConfirm: (password: string) => Promise<void>;
  onCancel: () => void;
};

/** Asks for the password once more: a session that was left open is not the person. */
export function ConfirmForm({ label, look = "filled", ready = true, onConfirm, onCancel }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const me = useMe();
  const [password, setPassword] = useState("");
  const confirm = useAction(() => onConfirm(password));
  return (
    <ActionForm
      action={confirm}
      error={sentenceOf(confirm.error, { "wrong-credentials": "settings.wrongPassword" })}
      submitLabel={label}
      look={look}
      ready={ready}
      onCancel={onCancel}
    >
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <PasswordField
        label={t("settings.currentPassword")}
        autoComplete="current-password"
        required
        value={password}
        onValueChange={setPassword}
      />
    </ActionForm>
  );
}
