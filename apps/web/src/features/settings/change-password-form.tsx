import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
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
    <form
      className={styles["form"]}
      onInput={() => change.setError(null)}
      onSubmit={(event) => {
        event.preventDefault();
        change.run();
      }}
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
      <FieldError text={weak ? undefined : sentence} />
      <div className={styles["buttons"]}>
        <Button type="submit" busy={change.busy}>
          {t("settings.changePassword")}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t("common.cancel")}
        </Button>
      </div>
    </form>
  );
}
