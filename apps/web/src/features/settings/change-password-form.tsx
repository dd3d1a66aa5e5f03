import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { findCode, toSentence } from "../../lib/errors.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import styles from "./settings.module.css";

export function ChangePasswordForm({ username, onDone }: { username: string; onDone: () => void }) {
  const messenger = useMessenger();
  const [oldPassword, setOldPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const change = useAction(async () => {
    await messenger.call("changePassword", { oldPassword, newPassword });
    onDone();
  });
  const sentence = change.error === null ? undefined : toSentence(change.error);
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
      <p className={styles["soft"]}>Your other sessions end when the password changes.</p>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        required
        value={oldPassword}
        onValueChange={setOldPassword}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        required
        value={newPassword}
        onValueChange={setNewPassword}
        error={weak ? sentence : undefined}
      />
      <FieldError text={weak ? undefined : sentence} />
      <div className={styles["buttons"]}>
        <Button type="submit" busy={change.busy}>
          Change password
        </Button>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
