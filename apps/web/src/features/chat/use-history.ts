import { useCallback, useState } from "react";
import type { Message } from "@sotto/client";
import { useLive } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";

const pageSize = 60;

type Loaded = { messages: Message[]; complete: boolean };

/** The newest messages of a conversation, newest first; `loadOlder` makes it more of them, until `complete`. */
export function useHistory(conversationId: string) {
  const [count, setCount] = useState(pageSize);
  const query = useCallback(
    (port: MessengerPort) => loadNewest(port, conversationId, count),
    [conversationId, count],
  );
  const { value, error } = useLive(`messages:${conversationId}`, query);
  const loaded = value?.messages.length ?? 0;
  const loadOlder = useCallback(() => {
    // Only once what was asked for is here.
    if (loaded >= count) setCount(count + pageSize);
  }, [loaded, count]);
  return { messages: value?.messages, complete: value?.complete ?? false, error, loadOlder };
}

async function loadNewest(port: MessengerPort, conversationId: string, count: number): Promise<Loaded> {
  const messages: Message[] = [];
  while (messages.length < count) {
    const before = messages.at(-1)?.id;
    const limit = Math.min(pageSize, count - messages.length);
    const page = await port.call(
      "history",
      conversationId,
      before === undefined ? { limit } : { before, limit },
    );
    messages.push(...page);
    if (page.length < limit) return { messages, complete: true };
  }
  return { messages, complete: false };
}
