import { useState } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { toSentence } from "../../lib/errors.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { ChangePasswordForm } from "./change-password-form.tsx";
import { SessionsList } from "./sessions-list.tsx";
import { ThemeChoice } from "./theme-choice.tsx";
import styles from "./settings.module.css";

export function AccountDialog({ onClose }: { onClose: () => void }) {
  const messenger = useMessenger();
  const me = useMe();
  const [changing, setChanging] = useState(false);
  const signOut = useAction(() => messenger.call("signOut"));
  return (
    <Dialog title="Account" onClose={onClose}>
      <div className={styles["body"]}>
        <div className={styles["me"]}>
          <Avatar name={me.username} />
          <div>
            <p className={styles["name"]}>{me.username}</p>
            <p className={styles["soft"]}>Others find you by this name.</p>
          </div>
        </div>

        <section className={styles["section"]}>
          <h3>Appearance</h3>
          <ThemeChoice />
        </section>

        <section className={styles["section"]}>
          <h3>Signed in on</h3>
          <SessionsList />
        </section>

        <section className={styles["section"]}>
          <h3>Password</h3>
          {changing ? (
            <ChangePasswordForm username={me.username} onDone={() => setChanging(false)} />
          ) : (
            <Button look="outlined" onClick={() => setChanging(true)}>
              Change password
            </Button>
          )}
        </section>

        <section className={styles["section"]}>
          <h3>What the server sees</h3>
          <p className={styles["soft"]}>
            It sees who writes to whom, when, and roughly how much. It can read neither your messages nor your
            password or your keys.
          </p>
        </section>
      </div>
      <footer className={styles["footer"]}>
        <FieldError text={signOut.error === null ? undefined : toSentence(signOut.error)} />
        <p className={styles["soft"]}>Signing out erases everything from this browser.</p>
        <Button look="danger" busy={signOut.busy} onClick={() => signOut.run()}>
          Sign out
        </Button>
      </footer>
    </Dialog>
  );
}
