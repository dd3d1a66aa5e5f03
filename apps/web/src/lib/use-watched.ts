import { useSyncExternalStore } from "react";

/** Whether someone may be looking: the tab is visible and has the focus. */
export function useWatched(): boolean {
  return useSyncExternalStore(subscribe, isWatched);
}

function isWatched(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  addEventListener("focus", listener);
  addEventListener("blur", listener);
  return () => {
    document.removeEventListener("visibilitychange", listener);
    removeEventListener("focus", listener);
    removeEventListener("blur", listener);
  };
}
