import type { Signal } from "@sotto/protocol";
import type { Api } from "./api.ts";
import type { Emitter } from "./emitter.ts";
import type { Preferences } from "./preferences.ts";

/** Said again this often while the person looks; it counts for the time of two, and a little more. */
const repeatMs = 60_000;
const countsMs = 150_000;

type PresenceSignal = Extract<Signal, { kind: "presence" }>;

/**
 * Who has Sotto in front of them at this moment. It is mutual and off until a person switches it on: a device that does
 * not show its own presence neither sends nor takes any, and the server passes it on to nobody else. Who begins to look
 * says so to everyone they have written to, and whoever looks as well answers that one person.
 */
export function createPresence(input: {
  api: Api;
  emitter: Emitter;
  preferences: Preferences;
  isOnline: () => boolean;
}) {
  const { api, emitter, preferences, isOnline } = input;
  /** Until when each one counts as present, by `performance.now()`. */
  const until = new Map<string, number>();
  /** When this person was last said to be looking, to this device and to the others. */
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let expiry: ReturnType<typeof setTimeout> | undefined;

  const isShown = () => preferences.settings().presence;
  const isLooking = () => performance.now() - lookedAtMs < countsMs;

  /** Nothing depends on it: a lost one is said again, or runs out. */
  async function say(present: boolean, to?: string): Promise<void> {
    if (!isOnline()) return;
    if (to === undefined) saidAtMs = present ? performance.now() : Number.NEGATIVE_INFINITY;
    await api.signals.presence
      .mutate({ present, ...(to === undefined ? {} : { to }) })
      .catch(() => undefined);
  }

  function expire(): void {
    clearTimeout(expiry);
    const now = performance.now();
    const before = until.size;
    for (const [userId, untilMs] of until) if (untilMs <= now) until.delete(userId);
    if (until.size !== before) emitter.tell("presence", undefined);
    if (until.size > 0) expiry = setTimeout(expire, Math.min(...until.values()) - now);
    if (typeof expiry === "object") expiry.unref();
  }

  function forgetOthers(): void {
    if (until.size === 0) return;
    until.clear();
    expire();
    emitter.tell("presence", undefined);
  }

  return {
    receive({ userId, present, asks }: PresenceSignal): void {
      if (!isShown()) return;
      const changed = until.has(userId) !== present;
      if (present) until.set(userId, performance.now() + countsMs);
      else until.delete(userId);
      if (changed) emitter.tell("presence", undefined);
      expire();
      if (asks && isLooking()) void say(true, userId);
    },
    /** To be called when the person begins to look, once a minute while they do, and when they look away. */
    async set(present: boolean): Promise<void> {
      const now = performance.now();
      const wasLooking = isLooking();
      lookedAtMs = present ? now : Number.NEGATIVE_INFINITY;
      if (!isShown()) return;
      // Several tabs may say the same.
      if (present ? now - saidAtMs > repeatMs / 2 : wasLooking) await say(present);
    },
    list: (): string[] => (isShown() ? [...until.keys()] : []),
    /** After each new connection: what was said meanwhile is not known. */
    resume(): void {
      forgetOthers();
      if (isShown() && isLooking()) void say(true);
    },
    /** The person switched it on or off, here or on another device. */
    switched(): void {
      forgetOthers();
      if (isLooking()) void say(isShown());
    },
    close(): void {
      clearTimeout(expiry);
    },
  };
}
