import { useCallback, useRef, useState } from "react";
import type { Message } from "@sotto/client";
import { useLive, useMessenger } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";
import { growNewer, growOlder, isSameWindow, newestWindow, pageSize } from "./history-window.ts";
import type { HistoryWindow } from "./history-window.ts";

/** `complete`: nothing is older. `window` is the one that was asked for. */
type Loaded = { messages: Message[]; window: HistoryWindow; complete: boolean };
export type History = ReturnType<typeof useHistory>;

/** The loaded part of a conversation, newest first, kept fresh; it moves as one asks for what is around it. */
export function useHistory(conversationId: string, start: HistoryWindow) {
  const messenger = useMessenger();
  const [window, setWindow] = useState(start);
  const query = useCallback(
    (port: MessengerPort) => loadWindow(port, conversationId, window),
    [conversationId, window],
  );
  const { value, error } = useLive(`messages:${conversationId}`, query);
  // Nothing moves before what was asked for last is there.
  const settled = value && isSameWindow(value.window, window) ? value : undefined;
  const asking = useRef(false);

  const move = useCallback(async (toNext: () => Promise<HistoryWindow>): Promise<void> => {
    if (asking.current) return;
    asking.current = true;
    try {
      setWindow(await toNext());
    } finally {
      asking.current = false;
    }
  }, []);

  const loadOlder = useCallback(() => {
    if (settled && !settled.complete && !asking.current) {
      setWindow(
        growOlder(
          settled.window,
          settled.messages.map(({ id }) => id),
        ),
      );
    }
  }, [settled]);

  const loadNewer = useCallback(() => {
    const newest = settled?.messages[0];
    if (!newest || settled.window.before === null) return;
    // Offline it is tried again with the next step of scrolling.
    move(async () => {
      const page = await messenger.call("history", conversationId, { after: newest.id, limit: pageSize + 1 });
      return growNewer(
        settled.window,
        page.map(({ id }) => id),
      );
    }).catch(() => {});
  }, [messenger, conversationId, settled, move]);

  /** Rejects where that message can't be had. */
  const loadAround = useCallback(
    (messageId: string) =>
      move(async () => {
        const page = await messenger.call("history", conversationId, { around: messageId, limit: pageSize });
        const [newest] = page;
        const next = newest
          ? await messenger.call("history", conversationId, { after: newest.id, limit: 1 })
          : [];
        return { before: next[0]?.id ?? null, count: page.length };
      }),
    [messenger, conversationId, move],
  );

  const loadNewest = useCallback(() => setWindow(newestWindow(0)), []);

  return {
    messages: value?.messages,
    complete: value?.complete ?? false,
    /** There are newer ones than these. */
    behind: value !== undefined && value.window.before !== null,
    window,
    error,
    loadOlder,
    loadNewer,
    loadAround,
    loadNewest,
  };
}

async function loadWindow(
  port: MessengerPort,
  conversationId: string,
  window: HistoryWindow,
): Promise<Loaded> {
  const { before, count } = window;
  const page = before === null ? { limit: count } : { before, limit: count };
  const messages = await port.call("history", conversationId, page);
  return { messages, window, complete: messages.length < count };
}
