import type { Person } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./instead.module.css";

/** In the place of the composer. */
export function BlockedLine({ peer }: { peer: Person }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const unblock = useAction(() => messenger.call("unblock", peer.id));
  return (
    <div className={styles["line"]}>
      <output>{t("chat.blocked", { name: nameOf(t, peer) })}</output>
      <Button look="outlined" busy={unblock.busy} onClick={() => unblock.run()}>
        {t("chat.unblock")}
      </Button>
      <FieldError text={sentenceOf(unblock.error)} />
    </div>
  );
}
