import { useCallback, useEffect, useRef, useState } from "react";
import type { Message } from "@sotto/client";
import { useLive, useMessenger } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";
import { growNewer, growOlder, isSameWindow, newestHolds, newestWindow, pageSize } from "./history-window.ts";
import type { HistoryWindow } from "./history-window.ts";

/** `complete`: nothing is older. `window` is the one that was asked for, `visit` who asked. */
type Loaded = { messages: Message[]; window: HistoryWindow; complete: boolean; visit: string };
export type History = ReturnType<typeof useHistory>;

/**
 * The loaded part of a conversation, newest first, kept fresh; it moves as one asks for what is around it. It begins
 * where the conversation was `left`, else with the newest messages, or around the first unread one where that is further
 * back.
 */
export function useHistory(conversationId: string, left: HistoryWindow | undefined, unreadCount: number) {
  const messenger = useMessenger();
  // What was kept of an earlier visit has not what is unread: shown first, it would be read as the end.
  const [visit] = useState(() => ({
    id: crypto.randomUUID(),
    anew: left === undefined && unreadCount > 0,
  }));
  const [window, setWindow] = useState(left ?? (unreadCount > newestHolds ? null : newestWindow));
  /** Known before it is shown: both ends may be reached in one look, and growing at one must not undo the other. */
  const wanted = useRef(window);
  const want = useCallback((next: HistoryWindow) => {
    wanted.current = next;
    setWindow(next);
  }, []);
  const query = useCallback(
    (port: MessengerPort) => loadWindow(port, conversationId, window, visit.id),
    [conversationId, window, visit],
  );
  const live = useLive(`messages:${conversationId}`, query);
  const value = visit.anew && live.value?.visit !== visit.id ? undefined : live.value;
  // Nothing moves before what was asked for last is there.
  const settled = value && window && isSameWindow(value.window, window) ? value : undefined;
  /** Counts what was asked for: the last wish is the one that counts. */
  const wishes = useRef(0);
  const asking = useRef(false);

  const move = useCallback(
    async (toNext: () => Promise<HistoryWindow>): Promise<void> => {
      wishes.current += 1;
      const wish = wishes.current;
      asking.current = true;
      try {
        const next = await toNext();
        if (wish === wishes.current) want(next);
      } finally {
        if (wish === wishes.current) asking.current = false;
      }
    },
    [want],
  );

  useEffect(() => {
    if (window !== null) return;
    const open = async () => {
      const first = await messenger.call("firstUnread", conversationId);
      return first === null ? newestWindow : findWindowAround(messenger, conversationId, first);
    };
    move(open).catch(() => want(newestWindow));
  }, [messenger, conversationId, window, move, want]);

  const loadOlder = useCallback(() => {
    if (settled && !settled.complete && !asking.current) {
      want(
        growOlder(
          settled.window,
          settled.messages.map(({ id }) => id),
        ),
      );
    }
  }, [settled, want]);

  const loadNewer = useCallback(() => {
    const newest = settled?.messages[0];
    if (!newest || settled.window.before === null || asking.current) return;
    // What is older is still to come; after that the log looks again.
    if (!wanted.current || !isSameWindow(settled.window, wanted.current)) return;
    // Offline it is tried again with the next step of scrolling.
    move(async () => {
      const page = await messenger.call("history", conversationId, { after: newest.id, limit: pageSize + 1 });
      return growNewer(
        settled.window,
        page.map(({ id }) => id),
      );
    }).catch(() => {});
  }, [messenger, conversationId, settled, move]);

  /** Rejects where that message can't be had. What is on its way for scrolling gives way to it. */
  const loadAround = useCallback(
    (messageId: string) => move(() => findWindowAround(messenger, conversationId, messageId)),
    [messenger, conversationId, move],
  );

  const loadNewest = useCallback(() => void move(() => Promise.resolve(newestWindow)), [move]);

  return {
    messages: value?.messages,
    complete: value?.complete ?? false,
    /** There are newer ones than these. */
    behind: value !== undefined && value.window.before !== null,
    window,
    error: live.error,
    loadOlder,
    loadNewer,
    loadAround,
    loadNewest,
  };
}

async function loadWindow(
  port: MessengerPort,
  conversationId: string,
  window: HistoryWindow | null,
  visit: string,
): Promise<Loaded | undefined> {
  if (window === null) return undefined;
  const { before, count } = window;
  const page = before === null ? { limit: count } : { before, limit: count };
  const messages = await port.call("history", conversationId, page);
  return { messages, window, complete: messages.length < count, visit };
}

async function findWindowAround(
  port: MessengerPort,
  conversationId: string,
  messageId: string,
): Promise<HistoryWindow> {
  const page = await port.call("history", conversationId, { around: messageId, limit: pageSize });
  const [newest] = page;
  const next = newest ? await port.call("history", conversationId, { after: newest.id, limit: 1 }) : [];
  return { before: next[0]?.id ?? null, count: page.length };
}
