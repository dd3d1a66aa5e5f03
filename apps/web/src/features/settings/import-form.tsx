import { useCallback, useRef, useState } from "react";
import type { ImportResult, MessengerEvents } from "@sotto/client";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Notice } from "../../components/notice.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger, useMessengerEvent } from "../../lib/messenger.tsx";
import { useAction } from "../../lib/use-action.ts";
import styles from "./settings.module.css";

/** The way back for what was exported as data: the file is read on this device, and nothing of it is sent. */
export function ImportForm() {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState(0);
  const [result, setResult] = useState<ImportResult | "cancelled" | null>(null);
  const show = useCallback((event: MessengerEvents["import-progress"]) => setProgress(event.progress), []);
  useMessengerEvent("import-progress", show);
  const take = useAction(async (file: File) => {
    setResult(null);
    setProgress(0);
    setResult((await messenger.call("importFile", file)) ?? "cancelled");
  });
  return (
    <>
      <h3 className={styles["subheading"]}>{t("import.title")}</h3>
      <p className={styles["soft"]}>{t("import.text")}</p>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={t("import.choose")}
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file can be chosen again.
          currentTarget.value = "";
          if (file) take.run(file);
        }}
      />
      <div className={styles["buttons"]}>
        <Button look="outlined" busy={take.busy} onClick={() => input.current?.click()}>
          {t("import.choose")}
        </Button>
        {take.busy ? (
          <Button look="quiet" onClick={() => void messenger.call("cancelImport").catch(() => {})}>
            {t("common.cancel")}
          </Button>
        ) : null}
      </div>
      {take.busy ? (
        <progress className={styles["progress"]} value={progress} max={1} aria-label={t("import.progress")} />
      ) : null}
      {result === null ? null : <Outcome result={result} />}
      <FieldError text={sentenceOf(take.error)} />
    </>
  );
}

function Outcome({ result }: { result: ImportResult | "cancelled" }) {
  const t = useTranslate();
  if (result === "cancelled") return <Notice>{t("import.cancelled")}</Notice>;
  const { imported, present, missing } = result;
  return (
    <>
      <Notice>
        {t("import.done", { count: imported })} {present > 0 ? t("import.present", { count: present }) : null}
      </Notice>
      {missing.length > 0 ? (
        <Notice look="warning">{t("import.missing", { names: missing.join(", ") })}</Notice>
      ) : null}
    </>
  );
}
