/** Pages and hosts on a channel of their own for each test. */
import { afterEach } from "vitest";
import type { Messenger } from "@sotto/client";
import { createMessengerPort } from "../../src/lib/messenger-port.ts";
import type { MessengerPort } from "../../src/lib/messenger-port.ts";
import { serveMessenger } from "../../src/worker/host.ts";
import { createStandIn } from "../stand-in-messenger.ts";

let channels: BroadcastChannel[] = [];
let room = 0;

afterEach(() => {
  for (const channel of channels) channel.close();
  channels = [];
  room += 1;
});

export function openChannel(): BroadcastChannel {
  const channel = new BroadcastChannel(`sotto-test-${room}`);
  channels.push(channel);
  return channel;
}

export function openPage(): MessengerPort {
  return createMessengerPort(openChannel());
}

export function startHost(answers: Partial<Messenger> = {}) {
  const standIn = createStandIn(answers);
  const channel = openChannel();
  serveMessenger(standIn.messenger, channel);
  return { ...standIn, stop: () => channel.close() };
}

/** Resolves when the port's state fits. */
export function until(port: MessengerPort, fits: (state: ReturnType<MessengerPort["getState"]>) => boolean) {
  return new Promise<void>((resolve) => {
    const check = () => {
      if (!fits(port.getState())) return;
      stop();
      resolve();
    };
    const stop = port.subscribe(check);
    check();
  });
}

/** A call that its host never answers, and a promise that it has been asked. */
export function neverAnswered() {
  let asked = () => {};
  const arrived = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const call = () => {
    asked();
    return new Promise<never>(() => {});
  };
  return { arrived, call };
}
