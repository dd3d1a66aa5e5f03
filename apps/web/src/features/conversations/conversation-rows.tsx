import { useLayoutEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { Conversation } from "@sotto/client";
import type { Anchor } from "../../components/menu.tsx";
import { ConversationRow } from "./conversation-row.tsx";
import styles from "./conversations.module.css";

type Props = {
  conversations: readonly Conversation[];
  /** What scrolls around it. */
  scroller: RefObject<HTMLElement | null>;
  myId: string;
  now: Date;
  openId: string | undefined;
  presentIds: readonly string[];
  onMenu: (conversationId: string, anchor: Anchor) => void;
};

const rowHeightPx = 64;

/** The rows in sight, and some around them. */
export function ConversationRows({ conversations, scroller, openId, presentIds, ...rest }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  // What stands above may have opened or closed.
  // oxlint-disable-next-line react/exhaustive-deps -- at each drawing, and it ends when nothing has moved
  useLayoutEffect(() => setScrollMargin(list.current?.offsetTop ?? 0));
  // oxlint-disable-next-line react/incompatible-library -- that is about the React Compiler, which is not used here
  const virtualizer = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => conversations[index]?.id ?? index,
    estimateSize: () => rowHeightPx,
    scrollMargin,
    overscan: 8,
  });
  return (
    <ul ref={list} className={styles["rows"]} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const conversation = conversations[index];
        return conversation === undefined ? null : (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={conversations.length}
            aria-posinset={index + 1}
            className={styles["place"]}
            style={{ transform: `translateY(${start - scrollMargin}px)` }}
          >
            <ConversationRow
              conversation={conversation}
              open={conversation.id === openId}
              present={
                presentIds.includes(conversation.peer.id) && !conversation.blocked && !conversation.request
              }
              {...rest}
            />
          </li>
        );
      })}
    </ul>
  );
}
