import type { Conversation, Message } from "@sotto/client";

/** What this browser does when a message comes while nobody looks: chosen for each browser, not for the account. */
export type AnnouncementSettings = { notifications: boolean; sound: boolean };

const storageKey = "sotto/announcements";
const standard: AnnouncementSettings = { notifications: true, sound: true };
const listeners = new Set<() => void>();
let current: AnnouncementSettings | null = null;

/** The same object until something changes. */
export function getAnnouncementSettings(): AnnouncementSettings {
  current ??= { ...standard, ...read() };
  return current;
}

export function setAnnouncementSettings(changes: Partial<AnnouncementSettings>): void {
  current = { ...getAnnouncementSettings(), ...changes };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function onAnnouncementSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether a message that arrived is news for someone who is not looking. */
export function isNews(message: Message, conversation: Conversation | undefined, myId: string): boolean {
  if (conversation === undefined || message.senderId === myId) return false;
  return !conversation.muted && !conversation.blocked && !conversation.request;
}

function read(): Partial<AnnouncementSettings> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
    return typeof stored === "object" && stored !== null ? stored : {};
  } catch {
    return {};
  }
}
