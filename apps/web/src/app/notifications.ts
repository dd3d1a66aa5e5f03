import type { Message } from "@sotto/client";
import type { Translate } from "../lib/i18n.ts";
import type { MessengerPort } from "../lib/messenger-port.ts";
import { toPlainText } from "../lib/plain-text.ts";

/** Systems show a few lines of it, and some of them keep all that they were given. */
const noticeLength = 200;

/** What a notification says of a message. */
export function toNotice(t: Translate, { text, problem }: Message): string {
  if (problem !== undefined) return t(`conversations.${problem}`);
  const plain = toPlainText(text, noticeLength + 1);
  return plain.length > noticeLength ? `${plain.slice(0, noticeLength)}…` : plain;
}

/**
 * One notification for each conversation, with what was decrypted here; a press on it opens that conversation.
 *
 * @param isWanted false once the person has signed out, also while the browser is about to show it
 */
export async function notify(
  isWanted: () => boolean,
  { conversationId, title, body }: { conversationId: string; title: string; body: string },
): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!isWanted()) return;
  await registration?.showNotification(title, {
    body,
    tag: conversationId,
    icon: "/icon-192.png",
    badge: "/icon-192.png",
    silent: true,
    data: { path: `/c/${conversationId}` },
  });
  if (!isWanted()) await closeNotifications();
}

/** What one person was shown is nothing for the next: also where the session ended while no tab was open. */
export function clearNewsOnSignOut(port: MessengerPort): () => void {
  let signedOut = false;
  return port.subscribe(() => {
    const state = port.getState();
    if (state.status !== "ready") return;
    if (state.user === null && !signedOut) {
      closeNotifications().catch(() => {});
      navigator.clearAppBadge?.().catch(() => {});
    }
    signedOut = state.user === null;
  });
}

async function closeNotifications(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const notification of (await registration?.getNotifications()) ?? []) notification.close();
}
