import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef } from "react";
import type { ReactNode, RefObject } from "react";
import { IconButton } from "./button.tsx";
import { useTranslate } from "../lib/i18n.ts";
import styles from "./dialog.module.css";

type Props = {
  title: string;
  onClose: () => void;
  /** Where one begins to type; without it the dialog itself has the focus. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** As high as a phone whatever is in it: for lists that grow and shrink while one types. */
  tall?: boolean;
  children: ReactNode;
};

/** Open for as long as it is rendered. Escape, the button and a press outside close it. */
export function Dialog({ title, onClose, initialFocus, tall = false, children }: Props) {
  const t = useTranslate();
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={styles["backdrop"]} />
        <Base.Popup
          ref={popup}
          className={styles["popup"]}
          data-tall={tall ? "" : undefined}
          initialFocus={initialFocus ?? popup}
        >
          <header className={styles["header"]}>
            <Base.Title className={styles["title"]}>{title}</Base.Title>
            <Base.Close render={<IconButton aria-label={t("common.close")} />}>
              <X aria-hidden="true" />
            </Base.Close>
          </header>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
