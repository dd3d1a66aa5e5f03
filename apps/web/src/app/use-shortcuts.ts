import { useEffect, useRef } from "react";

export type Shortcuts = {
  onSearch: () => void;
  onHelp: () => void;
  /** To the next or the previous conversation of the list. */
  onStep: (step: 1 | -1) => void;
};

/** Keys that work anywhere but, where they would write, in a field. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  }, [shortcuts]);
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const run = findShortcut(event, isField(event.target), latest.current);
      if (run === null) return;
      event.preventDefault();
      run();
    };
    addEventListener("keydown", handle);
    return () => removeEventListener("keydown", handle);
  }, []);
}

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

export function findShortcut(keys: Keys, inField: boolean, shortcuts: Shortcuts): (() => void) | null {
  const { key, ctrlKey, metaKey, altKey } = keys;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === "k") return shortcuts.onSearch;
  if (altKey && !ctrlKey && !metaKey && key === "ArrowDown") return () => shortcuts.onStep(1);
  if (altKey && !ctrlKey && !metaKey && key === "ArrowUp") return () => shortcuts.onStep(-1);
  if (key === "?" && !ctrlKey && !metaKey && !inField) return shortcuts.onHelp;
  return null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
