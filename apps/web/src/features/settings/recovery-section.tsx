import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Notice } from "../../components/notice.tsx";
import { Section } from "../../components/screen.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import { CheckRecoveryForm } from "./check-recovery-form.tsx";
import { RenewRecovery } from "./renew-recovery.tsx";
import styles from "./settings.module.css";

type Step =
  | { name: "start"; done?: "checked" | "renewed" }
  | { name: "check" }
  | { name: "renew"; key: string };

/** The key itself is nowhere but with the person: it can be tried, or replaced by a new one. */
export function RecoverySection() {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [step, setStep] = useState<Step>({ name: "start" });
  const begin = useAction(async () =>
    setStep({ name: "renew", key: await messenger.call("createRecoveryKey") }),
  );
  const cancel = () => setStep({ name: "start" });
  return (
    <Section title={t("settings.recovery")}>
      <p className={styles["soft"]}>{t("settings.recoveryText")}</p>
      {step.name === "check" ? (
        <CheckRecoveryForm onFits={() => setStep({ name: "start", done: "checked" })} onCancel={cancel} />
      ) : null}
      {step.name === "renew" ? (
        <RenewRecovery
          recoveryKey={step.key}
          onRenewed={() => setStep({ name: "start", done: "renewed" })}
          onCancel={cancel}
        />
      ) : null}
      {step.name === "start" ? (
        <>
          {step.done === undefined ? null : (
            <Notice>
              {t(step.done === "checked" ? "settings.recoveryFits" : "settings.recoveryRenewed")}
            </Notice>
          )}
          <div className={styles["buttons"]}>
            <Button look="outlined" onClick={() => setStep({ name: "check" })}>
              {t("settings.checkRecovery")}
            </Button>
            <Button look="outlined" busy={begin.busy} onClick={() => begin.run()}>
              {t("settings.renewRecovery")}
            </Button>
          </div>
          <FieldError text={sentenceOf(begin.error)} />
        </>
      ) : null}
    </Section>
  );
}
