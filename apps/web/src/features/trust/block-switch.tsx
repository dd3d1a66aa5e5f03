import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import styles from "./trust.module.css";

type Props = { userId: string; name: string; blocked: boolean };

/** Blocking asks once, because nothing that is sent meanwhile comes later. */
export function BlockSwitch({ userId, name, blocked }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [asking, setAsking] = useState(false);
  const change = useAction(async (call: "block" | "unblock") => {
    await messenger.call(call, userId);
    setAsking(false);
  });
  return (
    <>
      <p className={styles["soft"]}>{blocked ? t("trust.isBlocked", { name }) : t("trust.blockExplained")}</p>
      <div className={styles["buttons"]}>
        {blocked ? (
          <Button look="outlined" busy={change.busy} onClick={() => change.run("unblock")}>
            {t("trust.unblock", { name })}
          </Button>
        ) : (
          <Button
            look="danger"
            busy={change.busy}
            onClick={() => (asking ? change.run("block") : setAsking(true))}
          >
            {t(asking ? "trust.blockReally" : "trust.block", { name })}
          </Button>
        )}
        {asking && !blocked ? (
          <Button look="quiet" onClick={() => setAsking(false)}>
            {t("common.cancel")}
          </Button>
        ) : null}
      </div>
      <FieldError text={sentenceOf(change.error)} />
    </>
  );
}
