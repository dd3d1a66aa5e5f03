/** Whether the browser has notifications and has not been asked yet. */
export function mayAskForNotifications(): boolean {
  return "Notification" in globalThis && Notification.permission === "default";
}

/** Asks, and where the person agrees also asks the browser to keep the app's data when it needs room. */
export async function askForNotifications(): Promise<NotificationPermission> {
  if (!("Notification" in globalThis)) return "denied";
  const permission = await Notification.requestPermission();
  if (permission === "granted") await navigator.storage?.persist?.().catch(() => false);
  return permission;
}
