import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { FocusEvent, KeyboardEvent, RefObject } from "react";
import type { Row } from "./rows.ts";

/** Tab goes to one message, the newest at first; from there the arrow keys go on. */
export function useRoving(
  log: RefObject<HTMLElement | null>,
  allRows: readonly Row[],
  shownKey: string | null,
) {
  const rows = useMemo(() => allRows.filter(({ kind }) => kind === "message"), [allRows]);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const known = focusedKey !== null && rows.some(({ key }) => key === focusedKey);
  const activeKey = known ? focusedKey : (rows.at(-1)?.key ?? null);

  const handleFocus = useCallback((event: FocusEvent) => {
    const message = event.target.closest<HTMLElement>("[data-message]");
    if (message) setFocusedKey(message.dataset["message"] ?? null);
  }, []);

  const handleKey = useCallback(
    (event: KeyboardEvent) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const target = event.target as HTMLElement;
      if (step === 0 || target.dataset["message"] === undefined) return;
      event.preventDefault();
      const index = rows.findIndex(({ key }) => key === target.dataset["message"]);
      const next = findMessage(log.current, rows[index + step]?.key);
      next?.focus({ preventScroll: true });
      next?.scrollIntoView({ block: "nearest" });
    },
    [log, rows],
  );

  const taken = useRef<{ key: string; message: HTMLElement } | null>(null);
  // Whoever jumped is there with the focus too. Its row may come with a later render, which only its commit shows, and
  // may come anew; then it has the focus again, unless that is elsewhere by now.
  useLayoutEffect(() => {
    const message = findMessage(log.current, shownKey ?? undefined);
    if (shownKey === null || message === null) return;
    const again = taken.current?.key === shownKey;
    if (again && (taken.current?.message === message || document.activeElement !== document.body)) return;
    taken.current = { key: shownKey, message };
    message.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (shownKey === null) taken.current = null;
  }, [shownKey]);

  return { activeKey, handleFocus, handleKey };
}

function findMessage(log: HTMLElement | null, key: string | undefined): HTMLElement | null {
  return key === undefined ? null : (log?.querySelector(`[data-message="${CSS.escape(key)}"]`) ?? null);
}
