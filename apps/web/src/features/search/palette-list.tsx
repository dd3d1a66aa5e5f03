import { useEffect } from "react";
import { useTranslate } from "../../lib/i18n.ts";
import type { PaletteItem } from "./palette-items.ts";
import { PaletteOption } from "./palette-option.tsx";
import styles from "./search.module.css";

type Props = {
  id: string;
  items: PaletteItem[];
  activeId: string | undefined;
  onPoint: (position: number) => void;
  onChoose: (item: PaletteItem) => void;
};

/** A list box that belongs to the text box above it: the focus stays there, and what is chosen scrolls into sight. */
export function PaletteList({ id, items, activeId, onPoint, onChoose }: Props) {
  const t = useTranslate();
  useEffect(() => {
    if (activeId !== undefined) {
      document.getElementById(`${id}-${activeId}`)?.scrollIntoView({ block: "nearest" });
    }
  }, [id, activeId]);
  return (
    <div
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select holds no avatars, and takes the focus
      role="listbox"
      aria-label={t("search.results")}
      className={styles["list"]}
    >
      {items.map((item, position) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the text box has the keys
        <div
          key={item.id}
          id={`${id}-${item.id}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
          role="option"
          tabIndex={-1}
          aria-selected={item.id === activeId}
          className={styles["item"]}
          onPointerMove={() => onPoint(position)}
          onClick={() => onChoose(item)}
        >
          <PaletteOption item={item} />
        </div>
      ))}
    </div>
  );
}
