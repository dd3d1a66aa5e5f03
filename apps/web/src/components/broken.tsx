import { X } from "lucide-react";
import { findCode, toSentenceOf } from "../lib/errors.ts";
import { useTranslate } from "../lib/i18n.ts";
import { Button, IconButton } from "./button.tsx";
import { Sheet } from "./sheet.tsx";
import styles from "./broken.module.css";

/** In place of everything, of a screen, or over the lower edge in place of a dialog. */
export type BrokenLook = "page" | "pane" | "strip";

type Props = { error: unknown; look: BrokenLook; onClose?: () => void };

/** Stands where a part of the app could not be shown: what happened, and what helps. */
export function Broken({ error, look, onClose }: Props) {
  const t = useTranslate();
  const words = (
    <>
      <p role="alert">{toSentenceOf(t, findCode(error) ?? "internal", "")}</p>
      <Button look="outlined" onClick={() => location.reload()}>
        {t("common.reload")}
      </Button>
      {onClose ? (
        <IconButton aria-label={t("common.close")} onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      ) : null}
    </>
  );
  if (look === "page") return <Sheet title={t("common.broken")}>{words}</Sheet>;
  return <div className={styles[look]}>{words}</div>;
}
