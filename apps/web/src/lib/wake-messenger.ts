import type { MessengerPort } from "./messenger-port.ts";

/**
 * A connection may have died unseen while the network was gone or the device slept: both end with one of these. The
 * worker hears of the network too, but not in every browser.
 */
export function wakeMessenger(port: Pick<MessengerPort, "wake">): void {
  addEventListener("online", () => port.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") port.wake();
  });
}
