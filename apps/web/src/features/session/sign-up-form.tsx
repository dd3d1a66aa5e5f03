import { useState } from "react";
import { ActionForm } from "../../components/action-form.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { Notice } from "../../components/notice.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { TextField } from "../../components/text-field.tsx";
import { findCode, useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import type { Credentials } from "./credentials.ts";
import { findPasswordHint } from "./password-hints.ts";
import { findFieldOfError } from "./sign-up-errors.ts";
import { UsernameField } from "./username-field.tsx";
import { Rich } from "../../lib/rich.tsx";
import styles from "./session.module.css";

type Props = Credentials & {
  onSignIn: () => void;
  onSigningUp: (active: boolean) => void;
  onRecoveryKey: (recoveryKey: string) => void;
};

export function SignUpForm({ username, setUsername, password, setPassword, ...props }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const registration = trpc.auth.options.useQuery().data?.registration ?? "open";
  const [inviteCode, setInviteCode] = useState("");
  const signUp = useAction(async () => {
    props.onSigningUp(true);
    try {
      const invite = registration === "invite" ? { inviteCode: inviteCode.trim() } : {};
      const input = { username: username.trim(), password, ...invite };
      props.onRecoveryKey((await messenger.call("signUp", input)).recoveryKey);
    } finally {
      props.onSigningUp(false);
    }
  });
  const sentence = sentenceOf(signUp.error);
  const field = findFieldOfError(findCode(signUp.error));
  const errorOf = (name: typeof field) => (field === name ? sentence : undefined);

  return (
    <Sheet title={t("session.createTitle")}>
      {registration === "closed" ? (
        <Notice>{t("session.closed")}</Notice>
      ) : (
        <ActionForm action={signUp} error={errorOf("form")} submitLabel={t("session.createAccount")}>
          <UsernameField
            value={username}
            onValueChange={setUsername}
            hint={t("session.usernameHint")}
            error={errorOf("username")}
          />
          <PasswordField
            label={t("session.password")}
            name="password"
            autoComplete="new-password"
            required
            value={password}
            onValueChange={setPassword}
            hint={findPasswordHint(t, password, username)}
            error={errorOf("password")}
          />
          {registration === "invite" ? (
            <TextField
              label={t("session.inviteCode")}
              name="invite-code"
              autoComplete="off"
              required
              value={inviteCode}
              onValueChange={setInviteCode}
              error={errorOf("inviteCode")}
            />
          ) : null}
        </ActionForm>
      )}
      <div className={styles["other"]}>
        <p>
          <Rich
            id="session.alreadyHere"
            components={{
              link: <LinkButton onClick={props.onSignIn} />,
            }}
          />
        </p>
      </div>
    </Sheet>
  );
}
