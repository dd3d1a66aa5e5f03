import { useEffect, useRef, useState } from "react";
import { useMessenger } from "../../lib/messenger.tsx";

/** Kept when someone pauses, and when they leave. */
const pauseMs = 400;

/**
 * What is being written, kept on this device and on the person's others. `draft` is what is kept; what another field or
 * device has kept since is taken over, unless something that is not kept yet stands here.
 */
export function useDraft(conversationId: string, draft: string) {
  const messenger = useMessenger();
  const [text, setText] = useState(draft);
  const kept = useRef(draft);
  /** Kept from here, and not come back as `draft` yet. */
  const underway = useRef<string[]>([]);
  const latest = useRef(text);
  const leaving = useRef(() => {});

  useEffect(() => {
    latest.current = text;
    const keep = () => {
      if (latest.current === kept.current) return;
      kept.current = latest.current;
      underway.current.push(latest.current);
      // Kept again with the next change; the words themselves are still in the field.
      messenger.call("setDraft", conversationId, latest.current).catch(() => {});
    };
    // What was sent or emptied is gone at once.
    const timer = setTimeout(keep, text === "" ? 0 : pauseMs);
    leaving.current = keep;
    return () => clearTimeout(timer);
  }, [messenger, conversationId, text]);

  useEffect(() => {
    // An echo of what was kept here is no news, however late it is.
    const echoed = underway.current.indexOf(draft);
    if (echoed !== -1) {
      underway.current.splice(0, echoed + 1);
      return;
    }
    if (latest.current !== kept.current) return;
    kept.current = draft;
    setText(draft);
  }, [draft]);

  useEffect(() => () => leaving.current(), []);

  return [text, setText] as const;
}
