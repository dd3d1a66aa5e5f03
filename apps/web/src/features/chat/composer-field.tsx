import { Suspense, useEffect, useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { ArrowUp, Smile } from "lucide-react";
import { Boundary } from "../../components/boundary.tsx";
import { FieldError } from "../../components/field-error.tsx";
import type { Anchor } from "../../components/menu.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { lazyPart } from "../../lib/lazy-part.ts";
import { useShortcodes } from "./use-shortcodes.ts";
import { ShortcodeList } from "./shortcode-list.tsx";
import styles from "./composer.module.css";

const EmojiPopover = lazyPart(async () => (await import("./emoji-popover.tsx")).EmojiPopover);

type Props = {
  text: string;
  placeholder: string;
  sendLabel: string;
  error: unknown;
  /** The field takes the focus whenever this changes. */
  focusKey: string | null;
  onText: (text: string) => void;
  onSend: () => void;
  onCancel: () => void;
  /** Arrow up in the empty field. */
  onUp?: () => void;
  children: ReactNode;
};

/** Enter sends, Shift+Enter breaks the line, Escape gives up. `:` and two letters offer emoji. */
export function ComposerField(props: Props) {
  const { text, onText, onSend, onCancel, onUp, focusKey } = props;
  const t = useTranslate();
  const sentenceOf = useSentence();
  const field = useRef<HTMLTextAreaElement>(null);
  const [picker, setPicker] = useState<Anchor | null>(null);
  const shortcodes = useShortcodes(field, text, onText);

  useEffect(() => {
    // Where a keyboard is at hand; elsewhere the one on the screen would cover the messages.
    if (focusKey !== null || matchMedia("(hover: hover)").matches) field.current?.focus();
  }, [focusKey]);

  const insert = (emoji: string) => {
    const element = field.current;
    if (!element) return;
    setPicker(null);
    element.focus();
    element.setRangeText(emoji, element.selectionStart, element.selectionEnd, "end");
    onText(element.value);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || shortcodes.handleKey(event)) return;
    const action =
      event.key === "Enter" && !event.shiftKey
        ? onSend
        : event.key === "Escape"
          ? onCancel
          : event.key === "ArrowUp" && !event.altKey && text === ""
            ? onUp
            : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  };

  return (
    <form
      className={styles["composer"]}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
        field.current?.focus();
      }}
    >
      <FieldError text={sentenceOf(props.error)} />
      <ShortcodeList shortcodes={shortcodes} />
      {props.children}
      <div className={styles["box"]}>
        <button
          type="button"
          className={styles["tool"]}
          aria-label={t("chat.insertEmoji")}
          title={t("chat.insertEmoji")}
          onClick={({ currentTarget }) => {
            const { x, y, width, height } = currentTarget.getBoundingClientRect();
            setPicker({ x, y, width, height });
          }}
        >
          <Smile aria-hidden="true" />
        </button>
        {/* The style sheet draws the same text once more, unseen: that is what gives the field its height. */}
        <div className={styles["grow"]} data-text={text}>
          <textarea
            ref={field}
            className={styles["field"]}
            aria-label={t("chat.message")}
            placeholder={props.placeholder}
            rows={1}
            // Empty, it says in the language of the app whom one writes to.
            dir={text === "" ? undefined : "auto"}
            enterKeyHint="send"
            value={text}
            onChange={(event) => onText(event.currentTarget.value)}
            onKeyDown={handleKey}
            {...shortcodes.fieldProps}
          />
        </div>
        <button
          type="submit"
          className={styles["send"]}
          aria-label={props.sendLabel}
          disabled={text.trim() === ""}
        >
          <ArrowUp aria-hidden="true" />
        </button>
      </div>
      {picker ? (
        <Boundary look="strip" onClose={() => setPicker(null)}>
          <Suspense fallback={null}>
            <EmojiPopover anchor={picker} onPick={insert} onClose={() => setPicker(null)} />
          </Suspense>
        </Boundary>
      ) : null}
    </form>
  );
}
