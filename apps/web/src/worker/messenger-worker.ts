import { createMessenger, indexedDbStore } from "@sotto/client";
import { serveFailure, serveMessenger } from "./host.ts";
import { channelName, lockName } from "./port.ts";

/** Held until the tab closes: then the worker of another tab gets the lock and becomes the host. */
void navigator.locks.request(lockName, async () => {
  const channel = new BroadcastChannel(channelName);
  try {
    serveMessenger(await createMessenger({ url: location.origin, store: indexedDbStore() }), channel);
  } catch (error) {
    serveFailure(error, channel);
  }
  await new Promise<never>(() => {});
});
