/**
 * Where the log stands. At the end it follows what arrives; anywhere else the message at the top edge stays where it
 * is, to the pixel, whatever is added above or below it. The browser's own scroll anchoring is off in the styles: it
 * does nothing at the very top, where older messages are loaded.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const nearEndPx = 48;
const nearStartPx = 600;

type Anchor = { id: string; top: number };

export function useLogScroll(newestOwnId: string | undefined, messages: unknown, onNearStart: () => void) {
  const log = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | null>(null);
  const following = useRef(true);
  const lastOwnId = useRef<string>(undefined);
  const [atEnd, setAtEnd] = useState(true);

  const settle = useCallback(() => {
    const element = log.current;
    if (!element) return;
    if (following.current) {
      element.scrollTop = element.scrollHeight;
    } else if (anchor.current) {
      const message = element.querySelector(`[data-message="${CSS.escape(anchor.current.id)}"]`);
      if (message) element.scrollTop += topIn(element, message) - anchor.current.top;
    }
  }, []);

  const handleScroll = useCallback(() => {
    const element = log.current;
    if (!element) return;
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    anchor.current = findAnchor(element);
    setAtEnd(following.current);
    if (element.scrollTop < nearStartPx) onNearStart();
  }, [onNearStart]);

  const toEnd = useCallback(() => {
    following.current = true;
    settle();
  }, [settle]);

  useLayoutEffect(() => {
    if (messages === undefined) return;
    // What one wrote oneself is always shown.
    if (newestOwnId !== lastOwnId.current) following.current = true;
    lastOwnId.current = newestOwnId;
    settle();
    handleScroll();
  }, [messages, newestOwnId, settle, handleScroll]);

  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [settle]);

  return { log, atEnd, handleScroll, toEnd };
}

function findAnchor(log: HTMLElement): Anchor | null {
  for (const message of log.querySelectorAll<HTMLElement>("[data-message]")) {
    const top = topIn(log, message);
    if (top + message.offsetHeight > 0) return { id: message.dataset["message"] ?? "", top };
  }
  return null;
}

function topIn(log: Element, message: Element): number {
  return message.getBoundingClientRect().top - log.getBoundingClientRect().top;
}
