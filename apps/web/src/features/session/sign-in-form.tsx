import { Link } from "wouter";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Notice } from "../../components/notice.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { toSentence } from "../../lib/errors.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { UsernameField } from "./username-field.tsx";
import type { Credentials } from "./credentials.ts";
import styles from "./session.module.css";

type Props = Credentials & { ended: boolean; onCreateAccount: () => void };

export function SignInForm({ username, setUsername, password, setPassword, ended, onCreateAccount }: Props) {
  const messenger = useMessenger();
  const signIn = useAction(() => messenger.call("signIn", { username: username.trim(), password }));
  const ready = username.trim() !== "" && password !== "";
  return (
    <Sheet title="Sign in">
      <p className={styles["lead"]}>Words that only the two of you can read.</p>
      {ended ? <Notice>This session was ended from another device. Sign in to go on.</Notice> : null}
      <form
        className={styles["form"]}
        onInput={() => signIn.setError(null)}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) signIn.run();
        }}
      >
        <UsernameField value={username} onValueChange={setUsername} />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onValueChange={setPassword}
        />
        <FieldError text={signIn.error === null ? undefined : toSentence(signIn.error)} />
        <Button type="submit" wide busy={signIn.busy}>
          Sign in
        </Button>
      </form>
      <div className={styles["other"]}>
        <p>
          New here?{" "}
          <button type="button" className={styles["link"]} onClick={onCreateAccount}>
            Create account
          </button>
        </p>
        <p>
          Forgot it? <Link href="/recover">Recover with a recovery key</Link>
        </p>
      </div>
    </Sheet>
  );
}
