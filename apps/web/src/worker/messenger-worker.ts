import { createMessenger, indexedDbStore, type Messenger } from "@sotto/client";
import { serveFailure, serveMessenger } from "./host.ts";
import { channelName, lockName } from "./port.ts";

/** What a person came for goes first; then the history is loaded and indexed, so that a search finds all of it. */
const searchDelayMs = 5_000;

/** Held until the tab closes: then the worker of another tab gets the lock and becomes the host. */
void navigator.locks.request(lockName, async () => {
  const channel = new BroadcastChannel(channelName);
  try {
    const messenger = await createMessenger({
      url: location.origin,
      store: indexedDbStore(),
      quietRequests: true,
    });
    serveMessenger(messenger, channel);
    addEventListener("online", () => messenger.wake());
    messenger.on("session", () => prepareSearchLater(messenger));
    prepareSearchLater(messenger);
  } catch (error) {
    serveFailure(error, channel);
  }
  await new Promise<never>(() => {});
});

function prepareSearchLater(messenger: Messenger): void {
  setTimeout(() => {
    // The first search does the same, and then a failure is said.
    if (messenger.user !== null) messenger.prepareSearch().catch(() => {});
  }, searchDelayMs);
}
