import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { MessengerProvider } from "../lib/messenger.tsx";
import type { MessengerPort } from "../lib/messenger-port.ts";
import { trpc } from "../lib/trpc.ts";
import { workerLink } from "../lib/worker-link.ts";

export function Providers({ port, children }: { port: MessengerPort; children: ReactNode }) {
  // The messenger waits and retries by itself; a second layer of that would only delay the sentence.
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: "always" } } }),
  );
  const [client] = useState(() => trpc.createClient({ links: [workerLink(port)] }));
  useEffect(
    () =>
      port.on("session", ({ user }) => {
        // What the last person asked is nothing for the next.
        if (user === null) queries.clear();
      }),
    [port, queries],
  );
  return (
    <trpc.Provider client={client} queryClient={queries}>
      <QueryClientProvider client={queries}>
        <MessengerProvider port={port}>{children}</MessengerProvider>
      </QueryClientProvider>
    </trpc.Provider>
  );
}
