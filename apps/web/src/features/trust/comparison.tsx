import { useCallback, useState } from "react";
import type { Conversation, SafetyNumber as Compared } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Notice } from "../../components/notice.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useLive } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";
import { SafetyNumber } from "./safety-number.tsx";
import { ScanDialog } from "./scan-dialog.tsx";
import { Verification } from "./verification.tsx";
import { nameOf } from "../../lib/names.ts";
import styles from "./trust.module.css";

/**
 * The number stays the one that was shown first, with the key it was computed from, until the person asks for another:
 * what they compare and what they mark as verified are the same thing, whatever the server says meanwhile.
 */
export function Comparison({ conversation }: { conversation: Conversation }) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const { id: peerId } = conversation.peer;
  const name = nameOf(t, conversation.peer);
  const query = useCallback((port: MessengerPort) => port.call("safetyNumber", peerId), [peerId]);
  const { value: current, error } = useLive(`safety-number:${peerId}`, query);
  const [shown, setShown] = useState<Compared | null>(null);
  const [scanning, setScanning] = useState(false);
  // What is known from an earlier visit may be the number of a key that has gone since.
  const isCurrent = current?.publicKey === conversation.peer.publicKey;
  if (shown === null && current !== undefined && isCurrent) setShown(current);
  const replaced = shown !== null && current !== undefined && current.digits !== shown.digits;
  const warning = replaced ? <Replaced name={name} onShow={() => setShown(current)} /> : null;
  const verification = <Verification conversation={conversation} compared={replaced ? null : shown} />;
  return (
    <>
      <FieldError text={sentenceOf(error)} />
      {shown === null ? null : (
        <SafetyNumber number={shown.digits} name={name} onScan={() => setScanning(true)} />
      )}
      {warning}
      {verification}
      {scanning && shown !== null ? (
        <ScanDialog
          number={shown.digits}
          name={name}
          verified={conversation.verified}
          replaced={warning}
          onClose={() => setScanning(false)}
        >
          {verification}
        </ScanDialog>
      ) : null}
    </>
  );
}

function Replaced({ name, onShow }: { name: string; onShow: () => void }) {
  const t = useTranslate();
  return (
    <>
      <Notice look="danger">{t("trust.numberChanged", { name })}</Notice>
      <div className={styles["buttons"]}>
        <Button look="outlined" onClick={onShow}>
          {t("trust.showNewNumber")}
        </Button>
      </div>
    </>
  );
}
