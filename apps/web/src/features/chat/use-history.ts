import { useCallback, useState } from "react";
import type { Message } from "@sotto/client";
import { useLive } from "../../lib/messenger.tsx";
import type { MessengerPort } from "../../lib/messenger-port.ts";

const pageSize = 60;

/** `count` is how many were asked for; `complete`: there are no older ones. */
type Loaded = { messages: Message[]; count: number; complete: boolean };

/** The newest messages of a conversation, newest first; `loadOlder` makes it more of them, until `complete`. */
export function useHistory(conversationId: string) {
  const [count, setCount] = useState(pageSize);
  const query = useCallback(
    (port: MessengerPort) => loadNewest(port, conversationId, count),
    [conversationId, count],
  );
  const { value, error } = useLive(`messages:${conversationId}`, query);
  const more = value !== undefined && value.count === count && !value.complete;
  const loadOlder = useCallback(() => {
    if (more) setCount(count + pageSize);
  }, [more, count]);
  return { messages: value?.messages, complete: value?.complete ?? false, error, loadOlder };
}

async function loadNewest(port: MessengerPort, conversationId: string, count: number): Promise<Loaded> {
  // By id: a message that the server acknowledges at this very moment may be met twice, queued and sent.
  const messages = new Map<string, Message>();
  let complete = false;
  let before: string | undefined;
  for (let rest = count; rest > 0 && !complete; rest -= pageSize) {
    const limit = Math.min(pageSize, rest);
    const options = before === undefined ? { limit } : { before, limit };
    const page = await port.call("history", conversationId, options);
    for (const message of page) messages.set(message.id, message);
    before = page.at(-1)?.id;
    complete = page.length < limit;
  }
  return { messages: [...messages.values()], count, complete };
}
