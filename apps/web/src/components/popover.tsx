import { Popover as Base } from "@base-ui/react/popover";
import type { ReactNode } from "react";
import type { Anchor } from "./menu.tsx";
import styles from "./popover.module.css";

type Props = { label: string; anchor: Anchor; onClose: () => void; children: ReactNode };

/** Open for as long as it is rendered, beside what it is about. Escape and a press outside close it. */
export function Popover({ label, anchor, onClose, children }: Props) {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Positioner
          className={styles["positioner"]}
          anchor={{ getBoundingClientRect: () => DOMRect.fromRect(anchor) }}
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
        >
          <Base.Popup className={styles["popup"]} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
