import type { Person } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./block.module.css";

export function BlockDialog({ peer, onClose }: { peer: Person; onClose: () => void }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const block = useAction(async () => {
    await messenger.call("block", peer.id);
    onClose();
  });
  const name = nameOf(t, peer);
  return (
    <Dialog title={t("chat.blockQuestion", { name })} onClose={onClose}>
      <div className={styles["question"]}>
        <p>{t("chat.blockExplained", { name })}</p>
        <FieldError text={sentenceOf(block.error)} />
        <div className={styles["choices"]}>
          <Button look="quiet" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button look="danger" busy={block.busy} onClick={() => block.run()}>
            {t("chat.blockNow")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
