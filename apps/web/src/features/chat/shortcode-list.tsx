import { useTranslate } from "../../lib/i18n.ts";
import type { Shortcodes } from "./use-shortcodes.ts";
import styles from "./composer.module.css";

/** The emoji that are offered, chosen with the arrow keys while the focus stays in the field. */
export function ShortcodeList({ shortcodes }: { shortcodes: Shortcodes }) {
  const t = useTranslate();
  const { id, offered, chosen, pick } = shortcodes;
  if (offered.length === 0) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a <select> would take the focus
    <div id={id} role="listbox" aria-label={t("chat.emojiOffered")} className={styles["offers"]}>
      {offered.map((emoji, index) => (
        /* oxlint-disable jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role -- keys are the field's */
        <div
          key={emoji.emoji}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={styles["offer"]}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => pick(emoji)}
        >
          <span aria-hidden="true">{emoji.emoji}</span> :{emoji.shortcodes[0]}:
        </div>
      ))}
    </div>
  );
}
