import { useState } from "react";
import { Link } from "wouter";
import type { Conversation } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { BlockQuestion } from "../../components/questions.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { nameOf } from "../../lib/names.ts";
import { Rich } from "../../lib/rich.tsx";
import { useAction } from "../../lib/use-action.ts";
import styles from "./instead.module.css";

/** In the place of the composer, until the person has decided about a stranger. */
export function RequestLine({ conversation }: { conversation: Conversation }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [asking, setAsking] = useState(false);
  const { id, peer } = conversation;
  const name = nameOf(t, peer);
  const accept = useAction(() => messenger.call("acceptRequest", id));
  return (
    <section className={styles["decision"]} aria-label={t("chat.request")}>
      <div className={styles["words"]}>
        <p className={styles["question"]}>{t("chat.requestQuestion", { name })}</p>
        <p>
          <Rich
            id="chat.requestExplained"
            values={{ name }}
            components={{ link: <Link href={`/c/${id}/person`} /> }}
          />
        </p>
      </div>
      <FieldError text={sentenceOf(accept.error)} />
      <div className={styles["choices"]}>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t("common.blockNow")}
        </Button>
        <Button busy={accept.busy} onClick={() => accept.run()}>
          {t("chat.requestAccept")}
        </Button>
      </div>
      {asking ? (
        <BlockQuestion
          peer={peer}
          onConfirm={() => messenger.call("block", peer.id)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}
