import { useState } from "react";
import type { Person } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { BlockQuestion } from "../../components/questions.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { nameOf } from "../../lib/names.ts";
import { useAction } from "../../lib/use-action.ts";
import styles from "./trust.module.css";

type Props = { peer: Person; blocked: boolean };

/** Blocking asks once, because nothing that is sent meanwhile comes later. */
export function BlockSwitch({ peer, blocked }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [asking, setAsking] = useState(false);
  const unblock = useAction(() => messenger.call("unblock", peer.id));
  const name = nameOf(t, peer);
  return (
    <>
      <p className={styles["soft"]}>{blocked ? t("trust.isBlocked", { name }) : t("trust.blockExplained")}</p>
      <div className={styles["buttons"]}>
        {blocked ? (
          <Button look="outlined" busy={unblock.busy} onClick={() => unblock.run()}>
            {t("trust.unblock", { name })}
          </Button>
        ) : (
          <Button look="danger" onClick={() => setAsking(true)}>
            {t("common.block", { name })}
          </Button>
        )}
      </div>
      <FieldError text={sentenceOf(unblock.error)} />
      {asking ? (
        <BlockQuestion
          peer={peer}
          onConfirm={() => messenger.call("block", peer.id)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
