import { useRef } from "react";
import type { PointerEvent } from "react";

const holdMs = 450;
const maxMovePx = 8;

/** A finger that rests on something asks for its menu. With a mouse the right button does. */
export function useLongPress(onLongPress: (x: number, y: number) => void) {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const cancel = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
      cancel();
      if (pointerType !== "touch") return;
      press.current = { x, y, timer: setTimeout(() => onLongPress(x, y), holdMs) };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (!press.current) return;
      const { x, y } = press.current;
      if (Math.hypot(clientX - x, clientY - y) > maxMovePx) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  };
}
