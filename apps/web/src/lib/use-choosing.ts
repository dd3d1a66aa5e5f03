import { useState } from "react";
import type { KeyboardEvent } from "react";

/**
 * Chooses one of a list from the text box above it: the arrow keys go round, Enter takes. The focus stays in the text
 * box; `fieldProps` say to assistive technology which option of the list box `listId`, which the text box controls, is meant.
 */
export function useChoosing<Item extends { id: string }>(
  listId: string,
  items: readonly Item[],
  onEnter: (active: Item | undefined) => void,
) {
  const [position, setPosition] = useState(0);
  const active = items[Math.min(position, items.length - 1)];
  const move = (step: number) => {
    if (items.length > 0) setPosition((position + step + items.length) % items.length);
  };
  return {
    activeId: active?.id,
    point: setPosition,
    /** Something else is listed. */
    restart: () => setPosition(0),
    fieldProps: {
      "aria-autocomplete": "list" as const,
      "aria-activedescendant": active ? `${listId}-${active.id}` : undefined,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "ArrowDown") move(1);
        else if (event.key === "ArrowUp") move(-1);
        else if (event.key === "Enter") onEnter(active);
        else return;
        event.preventDefault();
      },
    },
  };
}
