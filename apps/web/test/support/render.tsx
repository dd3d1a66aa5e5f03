import { cleanup, configure, render, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import type { ReactElement } from "react";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { afterEach, beforeEach, expect } from "vitest";
import type { Messenger } from "@sotto/client";
import { i18n } from "../../src/lib/language.ts";
import { createMessengerPort } from "../../src/lib/messenger-port.ts";
import { MessengerProvider } from "../../src/lib/messenger.tsx";
import { trpc } from "../../src/lib/trpc.ts";
import { workerLink } from "../../src/lib/worker-link.ts";
import { serveMessenger } from "../../src/worker/host.ts";
import { createStandIn } from "../stand-in-messenger.ts";

let channels: BroadcastChannel[] = [];
let room = 0;

// For what hangs, not for what is slow: the machine may be busy.
configure({ asyncUtilTimeout: 20_000 });

/** jsdom has no layout: here everything shows so much, and is as high as a row of a list. */
beforeEach(() => {
  const sizes = { clientWidth: 320, clientHeight: 640, offsetWidth: 320, offsetHeight: 64 };
  for (const [name, size] of Object.entries(sizes)) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
  HTMLElement.prototype.scrollIntoView = () => {};
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: true, addEventListener() {}, removeEventListener() {} }),
    ResizeObserver: class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  });
});

afterEach(() => {
  cleanup();
  for (const channel of channels) channel.close();
  channels = [];
});

/** Shows a part of the app in front of a messenger whose answers the test gives, with the real channel between them. */
export async function show(part: ReactElement, answers: Partial<Messenger>) {
  room += 1;
  const open = () => {
    const channel = new BroadcastChannel(`sotto-behaviour-${room}`);
    channels.push(channel);
    return channel;
  };
  const port = createMessengerPort(open());
  const { messenger, tell } = createStandIn(answers);
  serveMessenger(messenger, open());
  await waitFor(() => expect(port.getState().status).toBe("ready"));
  const user = userEvent.setup();
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const client = trpc.createClient({ links: [workerLink(port)] });
  const { unmount } = render(
    <I18nProvider i18n={i18n}>
      <trpc.Provider client={client} queryClient={queries}>
        <QueryClientProvider client={queries}>
          <MessengerProvider port={port}>
            <Suspense fallback={null}>{part}</Suspense>
          </MessengerProvider>
        </QueryClientProvider>
      </trpc.Provider>
    </I18nProvider>,
  );
  return { user, unmount, tell };
}
