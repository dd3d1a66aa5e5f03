import { useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Section } from "../../components/screen.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { ChangePasswordForm } from "./change-password-form.tsx";
import styles from "./settings.module.css";

export function AccountSection() {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const me = useMe();
  const [changing, setChanging] = useState(false);
  const signOut = useAction(() => messenger.call("signOut"));
  return (
    <Section title={t("settings.account")}>
      <div className={styles["me"]}>
        <Avatar name={me.username} />
        <div>
          <p className={styles["name"]}>{me.username}</p>
          <p className={styles["soft"]}>{t("settings.foundByName")}</p>
        </div>
      </div>
      {changing ? (
        <ChangePasswordForm username={me.username} onDone={() => setChanging(false)} />
      ) : (
        <>
          <div className={styles["buttons"]}>
            <Button look="outlined" onClick={() => setChanging(true)}>
              {t("settings.changePassword")}
            </Button>
            <Button look="danger" busy={signOut.busy} onClick={() => signOut.run()}>
              {t("settings.signOut")}
            </Button>
          </div>
          <p className={styles["soft"]}>{t("settings.signOutErases")}</p>
        </>
      )}
      <FieldError text={sentenceOf(signOut.error)} />
    </Section>
  );
}
