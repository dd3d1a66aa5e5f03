import type { Message } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import styles from "./dialogs.module.css";

type Props = { message: Message; onClose: () => void };

/** Asked first, because nobody can undo it. */
export function DeleteDialog({ message, onClose }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const { busy, error, run } = useAction(async () => {
    await messenger.call("deleteMessage", message.conversationId, message.id);
    onClose();
  });
  return (
    <Dialog title={t("chat.deleteTitle")} onClose={onClose}>
      <div className={styles["body"]}>
        <p>{t("chat.deleteText")}</p>
        <blockquote className={styles["quote"]} dir="auto">
          {message.text.slice(0, 280)}
        </blockquote>
        <FieldError text={sentenceOf(error)} />
        <div className={styles["buttons"]}>
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="danger" busy={busy} onClick={() => run()}>
            {t("chat.deleteForEveryone")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
