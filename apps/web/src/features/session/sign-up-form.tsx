import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Notice } from "../../components/notice.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { TextField } from "../../components/text-field.tsx";
import { findCode, toSentence } from "../../lib/errors.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import type { Credentials } from "./credentials.ts";
import { findPasswordHint } from "./password-hints.ts";
import { findFieldOfError } from "./sign-up-errors.ts";
import { UsernameField } from "./username-field.tsx";
import styles from "./session.module.css";

type Props = Credentials & {
  onSignIn: () => void;
  onSigningUp: (active: boolean) => void;
  onRecoveryKey: (recoveryKey: string) => void;
};

export function SignUpForm({ username, setUsername, password, setPassword, ...props }: Props) {
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
  const sentence = signUp.error === null ? undefined : toSentence(signUp.error);
  const field = findFieldOfError(findCode(signUp.error));
  const errorOf = (name: typeof field) => (field === name ? sentence : undefined);

  return (
    <Sheet title="Create an account">
      {registration === "closed" ? (
        <Notice>This server takes no new accounts at the moment. Ask the person who runs it.</Notice>
      ) : (
        <form
          className={styles["form"]}
          onInput={() => signUp.setError(null)}
          onSubmit={(event) => {
            event.preventDefault();
            signUp.run();
          }}
        >
          <UsernameField
            value={username}
            onValueChange={setUsername}
            hint="How others find you. Letters, digits, dots, hyphens, underscores."
            error={errorOf("username")}
          />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="new-password"
            required
            value={password}
            onValueChange={setPassword}
            hint={findPasswordHint(password, username)}
            error={errorOf("password")}
          />
          {registration === "invite" ? (
            <TextField
              label="Invite code"
              name="invite-code"
              autoComplete="off"
              required
              value={inviteCode}
              onValueChange={setInviteCode}
              error={errorOf("inviteCode")}
            />
          ) : null}
          <FieldError text={errorOf("form")} />
          <Button type="submit" wide busy={signUp.busy}>
            Create account
          </Button>
        </form>
      )}
      <div className={styles["other"]}>
        <p>
          Already here?{" "}
          <button type="button" className={styles["link"]} onClick={props.onSignIn}>
            Sign in
          </button>
        </p>
      </div>
    </Sheet>
  );
}
