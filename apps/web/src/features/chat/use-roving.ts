import { useCallback, useLayoutEffect, useMemo, useState } from "react";
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

  // Whoever jumped is there with the focus too; its row may come a moment later.
  const shown = findMessage(log.current, shownKey ?? undefined);
  useLayoutEffect(() => shown?.focus({ preventScroll: true }), [shown]);

  return { activeKey, handleFocus, handleKey };
}

function findMessage(log: HTMLElement | null, key: string | undefined): HTMLElement | null {
  return key === undefined ? null : (log?.querySelector(`[data-message="${CSS.escape(key)}"]`) ?? null);
}
