import { useEffect, useRef, useState } from "react";
import { ArrowUp } from "lucide-react";
import { FieldError } from "../../components/field-error.tsx";
import { useSentence } from "../../lib/errors.ts";
import { useTranslate } from "../../lib/i18n.ts";
import { useMessenger } from "../../lib/messenger.tsx";
import { useSendTyping } from "./use-typing.ts";
import styles from "./composer.module.css";

type Props = { conversationId: string; peerName: string; drafts: Map<string, string> };

/** Enter sends, Shift+Enter breaks the line. What was refused on this device comes back into the field. */
export function Composer({ conversationId, peerName, drafts }: Props) {
  const t = useTranslate();
  const sentenceOf = useSentence();
  const messenger = useMessenger();
  const sendTyping = useSendTyping(conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => drafts.get(conversationId) ?? "");
  const [error, setError] = useState<unknown>(null);

  // Where a keyboard is at hand; elsewhere the one on the screen would cover the messages.
  useEffect(() => {
    if (matchMedia("(hover: hover)").matches) field.current?.focus();
  }, []);

  const write = (next: string) => {
    setText(next);
    if (next === "") drafts.delete(conversationId);
    else drafts.set(conversationId, next);
  };
  const send = async () => {
    const sent = text.trim();
    if (sent === "") return;
    write("");
    setError(null);
    field.current?.focus();
    try {
      await messenger.call("send", conversationId, { text: sent });
    } catch (caught) {
      setError(caught);
      write(drafts.get(conversationId) ?? sent);
    }
  };

  return (
    <form
      className={styles["composer"]}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <FieldError text={sentenceOf(error)} />
      <div className={styles["box"]}>
        {/* The style sheet draws the same text once more, unseen: that is what gives the field its height. */}
        <div className={styles["grow"]} data-text={text}>
          <textarea
            ref={field}
            className={styles["field"]}
            aria-label={t("chat.message")}
            placeholder={t("chat.writeTo", { name: peerName })}
            rows={1}
            dir="auto"
            enterKeyHint="send"
            value={text}
            onChange={(event) => {
              write(event.currentTarget.value);
              if (event.currentTarget.value !== "") sendTyping();
            }}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              void send();
            }}
          />
        </div>
        <button
          type="submit"
          className={styles["send"]}
          aria-label={t("chat.send")}
          disabled={text.trim() === ""}
        >
          <ArrowUp aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}
