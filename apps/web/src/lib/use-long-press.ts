import { useRef } from "react";
import type { PointerEvent, TouchEvent } from "react";

const holdMs = 450;
const maxMovePx = 8;

/** A finger that rests on something asks for its menu. With a mouse the right button does. */
export function useLongPress(onLongPress: (x: number, y: number) => void) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const held = useRef(false);
  const cancel = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
      cancel();
      held.current = false;
      if (pointerType !== "touch") return;
      const ask = () => {
        held.current = true;
        onLongPress(x, y);
      };
      press.current = { x, y, timer: setTimeout(ask, holdMs) };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (!press.current) return;
      const { x, y } = press.current;
      if (Math.hypot(clientX - x, clientY - y) > maxMovePx) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    // Lifting the finger would be a click beside the menu that it has just opened, and close it.
    onTouchEnd: (event: TouchEvent) => {
      if (held.current && event.cancelable) event.preventDefault();
    },
  };
}
