import { useState } from "react";
import { ActionForm } from "../../components/action-form.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { findCode, useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import styles from "./settings.module.css";

export function ChangePasswordForm({ username, onDone }: { username: string; onDone: () => void }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [oldPassword, setOldPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const change = useAction(async () => {
    await messenger.call("changePassword", { oldPassword, newPassword });
    onDone();
  });
  const sentence = sentenceOf(change.error, { "wrong-credentials": "settings.wrongPassword" });
  const weak = findCode(change.error) === "weak-password";
  return (
    <ActionForm
      action={change}
      error={weak ? undefined : sentence}
      submitLabel={t("settings.changePassword")}
      onCancel={onDone}
    >
      <p className={styles["soft"]}>{t("settings.othersEnd")}</p>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordField
        label={t("settings.currentPassword")}
        autoComplete="current-password"
        required
        value={oldPassword}
        onValueChange={setOldPassword}
      />
      <PasswordField
        label={t("settings.newPassword")}
        autoComplete="new-password"
        required
        value={newPassword}
        onValueChange={setNewPassword}
        error={weak ? sentence : undefined}
      />
    </ActionForm>
  );
}
