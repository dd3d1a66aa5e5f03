import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Conversation, Message } from "@sotto/client";
import { useTranslate } from "../../lib/i18n.ts";
import { useNow } from "../../lib/use-now.ts";
import { JumpButton } from "./jump-button.tsx";
import { LogRow } from "./log-row.tsx";
import { findMessageAt, toRows } from "./rows.ts";
import { useFirstNew } from "./use-first-new.ts";
import type { History } from "./use-history.ts";
import { useJump } from "./use-jump.ts";
import type { Jump } from "./use-jump.ts";
import { useLog } from "./use-log.ts";
import type { Place, View } from "./use-log.ts";
import { useRoving } from "./use-roving.ts";
import { useMarkRead } from "./use-mark-read.ts";
import styles from "./log.module.css";

type Props = {
  conversation: Conversation;
  myId: string;
  history: History & { messages: Message[] };
  /** Where to begin; null: at what is new, or at the end. */
  place: Place | null;
  /** By conversation, where it was left. */
  places: Map<string, Place>;
  jump: Jump | null;
  /** Whether someone looks. */
  watched: boolean;
  onError: (error: unknown) => void;
};

export function LoadedLog({ conversation, myId, history, place, places, jump, watched, onError }: Props) {
  const { messages, complete, behind } = history;
  const { id, peer, keyChanges } = conversation;
  const t = useTranslate();
  const now = useNow();
  const [view, setView] = useState<View>({ atEnd: true, lowestKey: null });
  const onView = useCallback((next: View) => setView((last) => (isSame(last, next) ? last : next)), []);
  const firstNewId = useFirstNew(messages, myId, { following: watched && view.atEnd, behind });
  const [openAt] = useState(place === null ? firstNewId : null);
  const rows = useMemo(
    () => toRows(messages, complete, firstNewId, { keyChanges, behind }),
    [messages, complete, firstNewId, keyChanges, behind],
  );
  const { log, virtualizer, look, findPlace } = useLog({
    rows,
    place: place ?? (openAt === null ? "end" : "elsewhere"),
    behind,
    atEnd: view.atEnd,
    onView,
    onNearStart: history.loadOlder,
    onNearEnd: history.loadNewer,
  });
  const { toEnd, shownKey } = useJump({ virtualizer, rows, history, openAt, jump, onError });
  const { activeKey, handleFocus, handleKey } = useRoving(log, rows, shownKey);
  useMarkRead(id, messages, findMessageAt(rows, view.lowestKey), watched);
  useOnLeaving(() => {
    const left = findPlace();
    if (left && history.window) places.set(id, { ...left, window: history.window });
    else places.delete(id);
  });

  return (
    <>
      {/* Arrivals speaks for it: a live log would also read out every older page that is loaded. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that its messages leave to it */}
      <div
        ref={log}
        className={styles["log"]}
        role="log"
        aria-label={t("chat.messages")}
        aria-live="off"
        onScroll={look}
        onFocus={handleFocus}
        onKeyDown={handleKey}
      >
        <div className={styles["column"]} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={styles["row"]}
              style={{ transform: `translateY(${start}px)` }}
            >
              <LogRow
                conversationId={id}
                row={rows[index]}
                myId={myId}
                peer={peer}
                empty={rows.length === 1}
                now={now}
                shown={key === shownKey}
                tabStop={key === activeKey}
              />
            </div>
          ))}
        </div>
      </div>
      {view.atEnd ? null : <JumpButton unreadCount={conversation.unreadCount} onJump={toEnd} />}
    </>
  );
}

function isSame(a: View, b: View): boolean {
  return a.atEnd === b.atEnd && a.lowestKey === b.lowestKey;
}

function useOnLeaving(leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => () => latest.current(), []);
}
