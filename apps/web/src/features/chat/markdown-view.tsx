import { useMemo } from "react";
import type { ReactNode } from "react";
import { parseMarkdown } from "./markdown.ts";
import type { Block, Inline } from "./markdown.ts";
import styles from "./message-text.module.css";

/** A message with marks in it, as React elements: nothing that someone wrote ever reaches the page as HTML. */
export function MarkdownView({ text, end }: { text: string; end: ReactNode }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return <Blocks blocks={blocks} end={end} />;
}

function Blocks({ blocks, end }: { blocks: Block[]; end?: ReactNode }) {
  const inside = blocks.at(-1)?.kind === "paragraph";
  return (
    <>
      {blocks.map((block, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a parsed text never changes its order
        <BlockView key={index} block={block} end={inside && index === blocks.length - 1 ? end : null} />
      ))}
      {inside || !end ? null : <div className={styles["end"]}>{end}</div>}
    </>
  );
}

function BlockView({ block, end }: { block: Block; end: ReactNode }) {
  switch (block.kind) {
    case "paragraph":
      return (
        <p dir="auto">
          <span>
            <Inlines inlines={block.children} />
          </span>
          {end}
        </p>
      );
    case "code":
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways is scrolled by keyboard
        <pre className={styles["pre"]} dir="ltr" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "quote":
      return (
        <blockquote className={styles["quote"]}>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case "list": {
      const List = block.start === null ? "ul" : "ol";
      return (
        <List className={styles["list"]} start={block.start ?? undefined} dir="auto">
          {block.items.map((item, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- as above
            <li key={index}>
              <Blocks blocks={item} />
            </li>
          ))}
        </List>
      );
    }
  }
}

function Inlines({ inlines }: { inlines: Inline[] }) {
  // oxlint-disable-next-line react/no-array-index-key -- as above
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} />);
}

function InlineView({ inline }: { inline: Inline }) {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "break":
      return <br />;
    case "code":
      return <code className={styles["code"]}>{inline.text}</code>;
    case "bold":
      return (
        <strong>
          <Inlines inlines={inline.children} />
        </strong>
      );
    case "italic":
      return (
        <em>
          <Inlines inlines={inline.children} />
        </em>
      );
    case "strike":
      return (
        <del>
          <Inlines inlines={inline.children} />
        </del>
      );
    case "link":
      return (
        <>
          <a href={inline.href} target="_blank" rel="noopener noreferrer nofollow" title={inline.href}>
            <bdi>
              <Inlines inlines={inline.children} />
            </bdi>
          </a>
          {inline.host === null ? null : <bdi dir="ltr"> ({inline.host})</bdi>}
        </>
      );
  }
}
