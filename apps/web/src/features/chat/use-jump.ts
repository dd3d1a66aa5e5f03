import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Virtualizer } from "@tanstack/react-virtual";
import type { Row } from "./rows.ts";
import type { History } from "./use-history.ts";

/** A new object is a new wish: to the end, or to a message wherever in the conversation it is. */
export type Jump = { to: "end" } | { to: "message"; messageId: string } | Opening;
/** To what is new, which stands at the top then and is not marked: the divider says it. */
type Opening = { to: "new"; messageId: string };

/** So long a message that one jumped to is marked, and stays where it is while rows come and go around it. */
const shownMs = 2_500;
const takenOverBy = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

export function useJump(input: {
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  rows: Row[];
  history: Pick<History, "behind" | "loadAround" | "loadNewest">;
  /** Where to begin: at this message that is new. */
  openAt: string | null;
  jump: Jump | null;
  onError: (error: unknown) => void;
}) {
  const { virtualizer, rows, openAt, jump, onError } = input;
  const { behind, loadAround, loadNewest } = input.history;
  /** Waits for its row to be loaded. */
  const pending = useRef<Jump | null>(openAt === null ? null : { to: "new", messageId: openAt });
  /** Was performed, and is again when rows come or go around it, until the person does something else. */
  const held = useRef<Jump | null>(null);
  const [landed, setLanded] = useState<Exclude<Jump, { to: "end" }> | null>(null);

  /** False where it is not among the rows. */
  const perform = useCallback(
    (wish: Jump): boolean => {
      held.current = null;
      if (wish.to === "end") {
        if (!behind) virtualizer.scrollToEnd();
        return !behind;
      }
      const index = rows.findIndex(({ key }) => key === wish.messageId);
      if (index === -1) return false;
      virtualizer.scrollToIndex(index, { align: wish.to === "new" ? "start" : "center" });
      setLanded(wish);
      held.current = wish;
      return true;
    },
    [virtualizer, rows, behind],
  );

  const go = useCallback(
    (wish: Jump) => {
      pending.current = null;
      if (perform(wish)) return;
      pending.current = wish;
      if (wish.to === "end") {
        loadNewest();
        return;
      }
      loadAround(wish.messageId).catch((error: unknown) => {
        if (pending.current !== wish) return;
        // What is loaded later for another reason must not move the log then.
        pending.current = null;
        onError(error);
      });
    },
    [perform, loadNewest, loadAround, onError],
  );

  const last = useRef<Jump | null>(null);
  useLayoutEffect(() => {
    if (jump === null || jump === last.current) return;
    last.current = jump;
    go(jump);
  }, [jump, go]);

  useLayoutEffect(() => {
    const wish = pending.current ?? held.current;
    if (wish && perform(wish)) pending.current = null;
  }, [perform]);

  useEffect(() => {
    if (landed === null) return;
    const release = () => (held.current = null);
    const timer = setTimeout(() => {
      release();
      setLanded(null);
    }, shownMs);
    for (const name of takenOverBy) addEventListener(name, release, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const name of takenOverBy) removeEventListener(name, release, { capture: true });
    };
  }, [landed]);

  const toEnd = useCallback(() => go({ to: "end" }), [go]);
  return { toEnd, shownKey: landed?.to === "message" ? landed.messageId : null };
}
