import { useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useTranslate } from "../lib/i18n.ts";
import { emojiGroups, listEmoji, searchEmoji } from "./emoji.ts";
import type { Emoji } from "./emoji.ts";
import styles from "./emoji-picker.module.css";

const columns = 8;
const maxFound = 64;

/** A search field and all emoji below it; arrow keys go through them. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useTranslate();
  const [query, setQuery] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => searchEmoji(query, maxFound), [query]);
  const searching = query.trim() !== "";

  const handleKey = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const step = steps[event.key];
    if (step === undefined || (at === -1 && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const mirrored = getComputedStyle(event.currentTarget).direction === "rtl" && Math.abs(step) === 1;
    buttons[at === -1 ? 0 : at + (mirrored ? -step : step)]?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys that its buttons and field leave to it
    <div className={styles["picker"]} onKeyDown={handleKey}>
      <input
        className={styles["search"]}
        type="search"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened in order to choose from it
        autoFocus
        placeholder={t("emoji.search")}
        aria-label={t("emoji.search")}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <div ref={list} className={styles["list"]}>
        {searching ? (
          <Group
            label={t(found.length > 0 ? "emoji.found" : "emoji.nothingFound")}
            emoji={found}
            onPick={onPick}
          />
        ) : (
          emojiGroups.map(([group]) => (
            <Group key={group} label={t(`emoji.${group}`)} emoji={listEmoji(group)} onPick={onPick} />
          ))
        )}
      </div>
    </div>
  );
}

const steps: Partial<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: columns,
  ArrowUp: -columns,
};

type GroupProps = { label: string; emoji: Emoji[]; onPick: (emoji: string) => void };

function Group({ label, emoji, onPick }: GroupProps) {
  return (
    <fieldset className={styles["group"]}>
      <legend className={styles["title"]}>{label}</legend>
      <div className={styles["grid"]}>
        {emoji.map((one, index) => (
          <button
            key={one.emoji}
            type="button"
            className={styles["emoji"]}
            tabIndex={index === 0 ? 0 : -1}
            aria-label={one.name}
            title={`${one.name} :${one.shortcodes[0]}:`}
            onClick={() => onPick(one.emoji)}
          >
            {one.emoji}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
