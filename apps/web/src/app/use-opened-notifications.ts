import { useEffect } from "react";
import { useLocation } from "wouter";

/** The service worker says which conversation's notification was pressed. */
export function useOpenedNotifications(): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    const open = ({ data }: MessageEvent<unknown>) => {
      const path =
        typeof data === "object" && data !== null && "openPath" in data ? data.openPath : undefined;
      if (typeof path === "string" && path.startsWith("/c/")) navigate(path);
    };
    // There is none on a page without a secure context, and this app does not start there.
    navigator.serviceWorker?.addEventListener("message", open);
    return () => navigator.serviceWorker?.removeEventListener("message", open);
  }, [navigate]);
}
