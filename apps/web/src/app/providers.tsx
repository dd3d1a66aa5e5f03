import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import { I18nProvider, useLingui } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Boundary } from "../components/boundary.tsx";
import { i18n, isLanguage, languages } from "../lib/language.ts";
import { MessengerProvider } from "../lib/messenger.tsx";
import type { MessengerPort } from "../lib/messenger-port.ts";
import { forgetUser, rememberUser } from "../lib/known-user.ts";
import { cancelRecoveryCheck } from "../lib/recovery-check.ts";
import { trpc } from "../lib/trpc.ts";
import { clearNewsOnSignOut } from "./notifications.ts";
import { workerLink } from "../lib/worker-link.ts";

export function Providers({ port, children }: { port: MessengerPort; children: ReactNode }) {
  // The messenger waits and retries by itself; a second layer of that would only delay the sentence.
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: "always" } } }),
  );
  const [client] = useState(() => trpc.createClient({ links: [workerLink(port)] }));
  useEffect(
    () =>
      port.on("session", ({ user, reason }) => {
        // What the last person asked is nothing for the next.
        if (user !== null) {
          rememberUser(user.username);
          return;
        }
        // Whose things were erased signs in again.
        if (reason !== "evicted") forgetUser();
        queries.clear();
        cancelRecoveryCheck();
      }),
    [port, queries],
  );
  useEffect(() => clearNewsOnSignOut(port), [port]);
  return (
    <I18nProvider i18n={i18n}>
      <Boundary look="page">
        <trpc.Provider client={client} queryClient={queries}>
          <QueryClientProvider client={queries}>
            <MessengerProvider port={port}>
              <Direction>{children}</Direction>
            </MessengerProvider>
          </QueryClientProvider>
        </trpc.Provider>
      </Boundary>
    </I18nProvider>
  );
}

/** Arrow keys in menus and lists go the way the language goes. */
function Direction({ children }: { children: ReactNode }) {
  const { locale } = useLingui().i18n;
  const direction = isLanguage(locale) ? languages[locale].direction : "ltr";
  return <DirectionProvider direction={direction}>{children}</DirectionProvider>;
}
