import { Link } from "wouter";
import { ActionForm } from "../../components/action-form.tsx";
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
  return (
    <Sheet title={t("session.signIn")}>
      <p className={styles["lead"]}>{t("session.lead")}</p>
      {ended ? <Notice>{t("session.ended")}</Notice> : null}
      {evicted && !ended ? <Notice>{t("session.evicted")}</Notice> : null}
      <ActionForm action={signIn} error={sentenceOf(signIn.error)} submitLabel={t("session.signIn")}>
        <UsernameField value={username} onValueChange={setUsername} />
        <PasswordField
          label={t("session.password")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onValueChange={setPassword}
        />
      </ActionForm>
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
