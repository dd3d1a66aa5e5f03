import { Menu as Base } from "@base-ui/react/menu";
import { useRef } from "react";
import type { ReactNode } from "react";
import styles from "./menu.module.css";

/** In px from the corner of the window. */
export type Anchor = { x: number; y: number; width: number; height: number };

/** Twice as high as the longest menu: it finds room above or below. In a lower window it may cover what it is about. */
const roomyPx = 660;

type Props = { label: string; anchor: Anchor; onClose: () => void; children: ReactNode };

/** Open for as long as it is rendered, beside what it is about. The focus goes back to where it was. */
export function Menu({ label, anchor, onClose, children }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal render={<section />} aria-label={label}>
        <Base.Positioner
          className={styles["positioner"]}
          anchor={{ getBoundingClientRect: () => DOMRect.fromRect(anchor) }}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          collisionAvoidance={{ side: innerHeight < roomyPx ? "shift" : "flip" }}
        >
          <Base.Popup
            ref={popup}
            className={styles["popup"]}
            aria-label={label}
            // Unless an item has sent it elsewhere.
            finalFocus={() => popup.current?.contains(document.activeElement) !== false}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type ItemProps = { icon: ReactNode; danger?: boolean; onSelect: () => void; children: ReactNode };

export function MenuItem({ icon, danger = false, onSelect, children }: ItemProps) {
  return (
    <Base.Item className={`${styles["item"]} ${danger ? styles["danger"] : ""}`} onClick={onSelect}>
      {icon}
      {children}
    </Base.Item>
  );
}

type StripProps = { label: string; children: ReactNode };

/** Items side by side, without words. */
export function MenuStrip({ label, children }: StripProps) {
  return (
    <Base.Group className={styles["strip"]} aria-label={label}>
      {children}
    </Base.Group>
  );
}

type StripItemProps = { label: string; chosen?: boolean; onSelect: () => void; children: ReactNode };

export function MenuStripItem({ label, chosen = false, onSelect, children }: StripItemProps) {
  return (
    <Base.Item
      className={styles["strip-item"]}
      aria-label={label}
      data-chosen={chosen ? "" : undefined}
      onClick={onSelect}
    >
      {children}
    </Base.Item>
  );
}
