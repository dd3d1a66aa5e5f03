import { useState } from "react";
import { Checkbox } from "../../components/checkbox.tsx";
import { Notice } from "../../components/notice.tsx";
import { RecoveryKey } from "../../components/recovery-key.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import { useMe, useMessenger } from "../../lib/messenger.tsx";
import { scheduleRecoveryCheck } from "../../lib/recovery-check.ts";
import { ConfirmForm } from "./confirm-form.tsx";

type Props = { recoveryKey: string; onRenewed: () => void; onCancel: () => void };

/** The key is with the person before it counts: a page that closes, or an answer that is lost, locks nobody out. */
export function RenewRecovery({ recoveryKey, onRenewed, onCancel }: Props) {
  const t = useTranslate();
  const me = useMe();
  const messenger = useMessenger();
  const [saved, setSaved] = useState(false);
  const renew = async (password: string) => {
    await messenger.call("renewRecoveryKey", { recoveryKey, password });
    scheduleRecoveryCheck();
    onRenewed();
  };
  return (
    <>
      <Notice>{t("settings.recoveryNew")}</Notice>
      <RecoveryKey username={me.username} recoveryKey={recoveryKey} />
      <Checkbox label={t("session.saved")} checked={saved} onCheckedChange={setSaved} />
      <ConfirmForm
        label={t("settings.replaceRecovery")}
        ready={saved}
        onConfirm={renew}
        onCancel={onCancel}
      />
    </>
  );
}
