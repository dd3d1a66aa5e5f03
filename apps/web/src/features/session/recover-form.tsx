import { useState } from "react";
import { Link, useLocation } from "wouter";
import { ActionForm } from "../../components/action-form.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { TextField } from "../../components/text-field.tsx";
import { findCode, useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import type { Credentials } from "./credentials.ts";
import { findPasswordHint } from "./password-hints.ts";
import { UsernameField } from "./username-field.tsx";
import styles from "./session.module.css";

export function RecoverForm({ username, setUsername }: Pick<Credentials, "username" | "setUsername">) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [, navigate] = useLocation();
  const [recoveryKey, setRecoveryKey] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const recover = useAction(async () => {
    await messenger.call("recover", { username: username.trim(), recoveryKey, newPassword });
    navigate("/", { replace: true });
  });
  const sentence = sentenceOf(recover.error, { "wrong-credentials": "session.wrongRecovery" });
  const weak = findCode(recover.error) === "weak-password";
  const badKey = findCode(recover.error) === "wrong-recovery-key";
  return (
    <Sheet title={t("session.recoverTitle")}>
      <p className={styles["lead"]}>{t("session.recoverLead")}</p>
      <ActionForm
        action={recover}
        error={weak || badKey ? undefined : sentence}
        submitLabel={t("session.recover")}
      >
        <UsernameField value={username} onValueChange={setUsername} />
        <TextField
          label={t("session.recoveryKey")}
          name="recovery-key"
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          required
          placeholder={t("session.recoveryKeyShape")}
          value={recoveryKey}
          onValueChange={setRecoveryKey}
          error={badKey ? sentence : undefined}
        />
        <PasswordField
          label={t("session.newPassword")}
          name="new-password"
          autoComplete="new-password"
          required
          value={newPassword}
          onValueChange={setNewPassword}
          hint={findPasswordHint(t, newPassword, username)}
          error={weak ? sentence : undefined}
        />
      </ActionForm>
      <div className={styles["other"]}>
        <p>
          <Link href="/">{t("session.back")}</Link>
        </p>
      </div>
    </Sheet>
  );
}
