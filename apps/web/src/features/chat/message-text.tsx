import { lazy, Suspense } from "react";
import type { ReactNode } from "react";
import styles from "./message-text.module.css";

/** The parser is asked for with the first conversation, and is there before the first message as a rule. */
const loading = import("./markdown-view.tsx").then(
  ({ MarkdownView }) => MarkdownView,
  // Words with their marks are better than none.
  () => PlainText,
);
const MarkdownView = lazy(async () => ({ default: await loading }));

/** One to three emoji and nothing else are shown large. */
const onlyEmoji = /^(?:\p{Extended_Pictographic}[\p{Emoji_Component}\p{Extended_Pictographic}]*\s*){1,3}$/u;
/** Without any of these a text has no marks. */
const mark = /[*_~`[>\\]|^[ \t]*(?:[-+]|\d+[.)])[ \t]|https?:|www\.|@/m;

type Props = { text: string; end?: ReactNode };

function PlainText({ text, end }: Props) {
  return (
    <p dir="auto">
      <span>{text}</span>
      {end}
    </p>
  );
}

/** What someone wrote. `end` shares the last line where there is room for it. */
export function MessageText({ text, end }: Props) {
  if (text.length < 32 && onlyEmoji.test(text)) {
    return (
      <p className={styles["emoji"]}>
        <span>{text}</span>
        {end}
      </p>
    );
  }
  const plain = <PlainText text={text} end={end} />;
  return (
    <div className={styles["text"]}>
      {mark.test(text) ? (
        <Suspense fallback={plain}>
          <MarkdownView text={text} end={end} />
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
}
