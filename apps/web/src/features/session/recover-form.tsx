import { useState } from "react";
import { Link, useLocation } from "wouter";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { TextField } from "../../components/text-field.tsx";
import { findCode, toSentence } from "../../lib/errors.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import type { Credentials } from "./credentials.ts";
import { findPasswordHint } from "./password-hints.ts";
import { UsernameField } from "./username-field.tsx";
import styles from "./session.module.css";

export function RecoverForm({ username, setUsername }: Pick<Credentials, "username" | "setUsername">) {
  const messenger = useMessenger();
  const [, navigate] = useLocation();
  const [recoveryKey, setRecoveryKey] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const recover = useAction(async () => {
    await messenger.call("recover", { username: username.trim(), recoveryKey, newPassword });
    navigate("/", { replace: true });
  });
  const sentence = recover.error === null ? undefined : toSentence(recover.error);
  const weak = findCode(recover.error) === "weak-password";
  const badKey = findCode(recover.error) === "wrong-recovery-key";
  return (
    <Sheet title="Recover your account">
      <p className={styles["lead"]}>
        The recovery key that you saved when you signed up opens your account and lets you choose a new
        password. All other sessions end.
      </p>
      <form
        className={styles["form"]}
        onInput={() => recover.setError(null)}
        onSubmit={(event) => {
          event.preventDefault();
          recover.run();
        }}
      >
        <UsernameField value={username} onValueChange={setUsername} />
        <TextField
          label="Recovery key"
          name="recovery-key"
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          required
          placeholder="14 groups of four"
          value={recoveryKey}
          onValueChange={setRecoveryKey}
          error={badKey ? sentence : undefined}
        />
        <PasswordField
          label="New password"
          name="new-password"
          autoComplete="new-password"
          required
          value={newPassword}
          onValueChange={setNewPassword}
          hint={findPasswordHint(newPassword, username)}
          error={weak ? sentence : undefined}
        />
        <FieldError text={weak || badKey ? undefined : sentence} />
        <Button type="submit" wide busy={recover.busy}>
          Recover account
        </Button>
      </form>
      <div className={styles["other"]}>
        <p>
          <Link href="/">Back</Link>
        </p>
      </div>
    </Sheet>
  );
}
