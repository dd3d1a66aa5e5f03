import { useEffect, useId, useState } from "react";
import type { KeyboardEvent, RefObject } from "react";
import type { Emoji } from "../../components/emoji.ts";
import { findShortcode } from "./shortcode.ts";

const maxOffered = 6;

/** What is offered for the shortcode that begins at `start`; `chosen` is an index. */
type Offer = { start: number; emoji: Emoji[]; chosen: number };
export type Shortcodes = ReturnType<typeof useShortcodes>;

/** Offers emoji for what is begun before the caret, and puts them in place of what is whole. */
export function useShortcodes(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onText: (text: string) => void,
) {
  const id = useId();
  const [offer, setOffer] = useState<Offer | null>(null);

  const put = (emoji: string, start: number) => {
    const element = field.current;
    if (!element) return;
    setOffer(null);
    element.focus();
    element.setRangeText(emoji, start, element.selectionStart, "end");
    onText(element.value);
  };

  useEffect(() => {
    const caret = field.current?.selectionStart ?? 0;
    const shortcode = findShortcode(text.slice(0, caret));
    let current = true;
    if (shortcode === null) setOffer(null);
    else {
      void import("../../components/emoji.ts").then(({ findByShortcode, searchEmoji }) => {
        if (!current) return;
        const { start, name, whole } = shortcode;
        const known = whole ? findByShortcode(name) : null;
        if (known !== null) put(known, start);
        else setOffer(whole ? null : { start, emoji: searchEmoji(name, maxOffered), chosen: 0 });
      });
    }
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- only what is written asks anew
  }, [text]);

  const open = offer !== null && offer.emoji.length > 0;
  const move = (step: number) => {
    if (!offer) return;
    const { length } = offer.emoji;
    setOffer({ ...offer, chosen: (offer.chosen + step + length) % length });
  };
  const pick = (emoji: Emoji | undefined) => {
    if (offer && emoji) put(emoji.emoji, offer.start);
  };

  return {
    id,
    offered: open ? offer.emoji : [],
    chosen: offer?.chosen ?? 0,
    pick,
    /** True where the key was meant for what is offered. */
    handleKey(event: KeyboardEvent): boolean {
      if (!open || event.shiftKey) return false;
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Enter" || event.key === "Tab") pick(offer.emoji[offer.chosen]);
      else if (event.key === "Escape") setOffer(null);
      else return false;
      event.preventDefault();
      return true;
    },
    fieldProps: open
      ? {
          "aria-autocomplete": "list" as const,
          "aria-controls": id,
          "aria-activedescendant": `${id}-${offer.chosen}`,
        }
      : {},
  };
}
