import { useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { ChangePasswordForm } from "./change-password-form.tsx";
import { LanguageChoice } from "./language-choice.tsx";
import { SessionsList } from "./sessions-list.tsx";
import { ThemeChoice } from "./theme-choice.tsx";
import styles from "./settings.module.css";

export function AccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const me = useMe();
  const [changing, setChanging] = useState(false);
  const signOut = useAction(() => messenger.call("signOut"));
  return (
    <Dialog title={t("settings.account")} onClose={onClose}>
      <div className={styles["body"]}>
        <div className={styles["me"]}>
          <Avatar name={me.username} />
          <div>
            <p className={styles["name"]}>{me.username}</p>
            <p className={styles["soft"]}>{t("settings.foundByName")}</p>
          </div>
        </div>

        <section className={styles["section"]}>
          <h3>{t("settings.appearance")}</h3>
          <ThemeChoice />
        </section>

        <section className={styles["section"]}>
          <LanguageChoice />
        </section>

        <section className={styles["section"]}>
          <h3>{t("settings.sessions")}</h3>
          <SessionsList />
        </section>

        <section className={styles["section"]}>
          <h3>{t("settings.password")}</h3>
          {changing ? (
            <ChangePasswordForm username={me.username} onDone={() => setChanging(false)} />
          ) : (
            <Button look="outlined" onClick={() => setChanging(true)}>
              {t("settings.changePassword")}
            </Button>
          )}
        </section>

        <section className={styles["section"]}>
          <h3>{t("settings.serverSees")}</h3>
          <p className={styles["soft"]}>{t("settings.serverSeesText")}</p>
        </section>
      </div>
      <footer className={styles["footer"]}>
        <FieldError text={sentenceOf(signOut.error)} />
        <p className={styles["soft"]}>{t("settings.signOutErases")}</p>
        <Button look="danger" busy={signOut.busy} onClick={() => signOut.run()}>
          {t("settings.signOut")}
        </Button>
      </footer>
    </Dialog>
  );
}
