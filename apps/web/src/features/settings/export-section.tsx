import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { FieldError } from "../../components/field-error.tsx";
import { Section } from "../../components/screen.tsx";
import { downloadBlob } from "../../lib/download.ts";
import { useSentence } from "../../lib/errors.ts";
import { useLocale, useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";
import { useAction } from "../../lib/use-action.ts";
import { createHtmlFile, createJsonFile } from "./export-files.ts";
import type { ExportFile } from "./export-files.ts";
import { ImportForm } from "./import-form.tsx";
import styles from "./settings.module.css";

/** Everything this person has, decrypted here and put into a file. */
export function ExportSection() {
  const t = useTranslate();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const [progress, setProgress] = useState<number | null>(null);
  const save = useAction(async (format: "html" | "json") => {
    const direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
    const file = format === "json" ? createJsonFile() : createHtmlFile(t, locale, direction);
    setProgress(0);
    try {
      await fill(messenger, file, setProgress);
      downloadBlob(`sotto-export.${format}`, file.finish());
    } finally {
      setProgress(null);
    }
  });
  return (
    <Section title={t("export.title")}>
      <p className={styles["soft"]}>{t("export.text")}</p>
      <div className={styles["buttons"]}>
        <Button look="outlined" busy={save.busy} onClick={() => save.run("html")}>
          {t("export.html")}
        </Button>
        <Button look="outlined" busy={save.busy} onClick={() => save.run("json")}>
          {t("export.json")}
        </Button>
      </div>
      {progress === null ? null : (
        <progress className={styles["progress"]} value={progress} max={1} aria-label={t("export.progress")} />
      )}
      <FieldError text={sentenceOf(save.error)} />
      <ImportForm />
    </Section>
  );
}

async function fill(messenger: MessengerPort, file: ExportFile, onProgress: (progress: number) => void) {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const part = await messenger.call("exportPart", cursor);
    for (const record of part.records) file.add(record);
    onProgress(part.progress);
    cursor = part.next;
  }
}
