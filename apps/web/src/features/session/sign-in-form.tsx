import { Link } from "wouter";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { LinkButton } from "../../components/link-button.tsx";
import { Notice } from "../../components/notice.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { Sheet } from "../../components/sheet.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { UsernameField } from "./username-field.tsx";
import type { Credentials } from "./credentials.ts";
import { Rich } from "../../lib/rich.tsx";
import styles from "./session.module.css";

type Props = Credentials & { ended: boolean; evicted: boolean; onCreateAccount: () => void };

export function SignInForm({
  username,
  setUsername,
  password,
  setPassword,
  ended,
  evicted,
  onCreateAccount,
}: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const signIn = useAction(() => messenger.call("signIn", { username: username.trim(), password }));
  const ready = username.trim() !== "" && password !== "";
  return (
    <Sheet title={t("session.signIn")}>
      <p className={styles["lead"]}>{t("session.lead")}</p>
      {ended ? <Notice>{t("session.ended")}</Notice> : null}
      {evicted && !ended ? <Notice>{t("session.evicted")}</Notice> : null}
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
          label={t("session.password")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onValueChange={setPassword}
        />
        <FieldError text={sentenceOf(signIn.error)} />
        <Button type="submit" wide busy={signIn.busy}>
          {t("session.signIn")}
        </Button>
      </form>
      <div className={styles["other"]}>
        <p>
          <Rich
            id="session.newHere"
            components={{
              link: <LinkButton onClick={onCreateAccount} />,
            }}
          />
        </p>
        <p>
          <Rich id="session.forgot" components={{ link: <Link href="/recover" /> }} />
        </p>
      </div>
    </Sheet>
  );
}
