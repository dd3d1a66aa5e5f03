import { useEffect } from "react";
import { useLive, useMessenger } from "./messenger.tsx";
import type { MessengerPort } from "./messenger-port.ts";
import { useWatched } from "./use-watched.ts";

const repeatMs = 60_000;
const nobody: readonly string[] = [];
const listPresent = (port: MessengerPort) => port.call("listPresent");

/** Ids of those who have Sotto in front of them, as far as both let each other know. */
export function usePresentIds(): readonly string[] {
  return useLive("presence", listPresent).value ?? nobody;
}

/** Says while this tab is the one that is looked at; the messenger knows whom that may reach. */
export function useSayPresence(): void {
  const messenger = useMessenger();
  const watched = useWatched();
  useEffect(() => {
    if (!watched) return;
    const say = (present: boolean) => messenger.call("setPresent", present).catch(() => {});
    void say(true);
    const timer = setInterval(() => void say(true), repeatMs);
    return () => {
      clearInterval(timer);
      void say(false);
    };
  }, [messenger, watched]);
}
