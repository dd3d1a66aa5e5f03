import { useState } from "react";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import type { Conversation, SafetyNumber } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { AcceptKeyQuestion } from "../../components/questions.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { nameOf } from "../../lib/names.ts";
import styles from "./trust.module.css";

type Props = {
  conversation: Conversation;
  /** What is on the screen to be compared; null while that is nothing to decide by. */
  compared: SafetyNumber | null;
};

/** Says what this person decided about the key, and lets them decide. */
export function Verification({ conversation, compared }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const { peer, verified, keyChanged, keyRefused } = conversation;
  const name = nameOf(t, peer);
  const [asking, setAsking] = useState(false);
  const set = useAction((verified: boolean) =>
    messenger.call("setVerified", peer.id, verified, verified ? compared?.publicKey : undefined),
  );
  const state = verified ? "verified" : keyRefused ? "refused" : keyChanged ? "changed" : "unverified";
  const Icon = verified ? ShieldCheck : ShieldAlert;
  return (
    <div className={styles["verification"]} data-state={state}>
      <p className={styles["state"]}>
        {state === "unverified" ? null : <Icon aria-hidden="true" />}
        <span>{t(`trust.${state}`, { name })}</span>
      </p>
      <div className={styles["buttons"]}>
        {verified ? (
          <Button look="outlined" busy={set.busy} onClick={() => set.run(false)}>
            {t("trust.takeBack")}
          </Button>
        ) : (
          <Button busy={set.busy} disabled={compared === null} onClick={() => set.run(true)}>
            {t(keyChanged ? "trust.markNewVerified" : "trust.markVerified")}
          </Button>
        )}
        {keyRefused || keyChanged ? (
          <Button look="outlined" disabled={compared === null} onClick={() => setAsking(true)}>
            {t("trust.acceptKey")}
          </Button>
        ) : null}
      </div>
      {asking && compared !== null ? (
        <AcceptKeyQuestion
          peer={peer}
          onConfirm={() => messenger.call("acceptKey", peer.id, compared.publicKey)}
          onClose={() => setAsking(false)}
        />
      ) : null}
      <FieldError text={sentenceOf(set.error, { "key-changed": "trust.keyChanged" })} />
    </div>
  );
}
