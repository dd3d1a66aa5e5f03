import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "@lingui/react";
import { CSPProvider } from "@base-ui/react/csp-provider";
import "@fontsource-variable/noto-sans-arabic/wght.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/source-sans-3/wght-italic.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "./app/tokens.css";
import "./app/base.css";
import { App } from "./app/app.tsx";
import { Providers } from "./app/providers.tsx";
import { Unsupported } from "./app/unsupported.tsx";
import { i18n, startLanguage } from "./lib/language.ts";
import { createMessengerPort } from "./lib/messenger-port.ts";
import { findMissingRequirement } from "./lib/requirements.ts";
import { wakeMessenger } from "./lib/wake-messenger.ts";
import { channelName } from "./worker/port.ts";
import { startWorkers } from "./worker/start-workers.ts";

async function start(element: HTMLElement): Promise<void> {
  const root = createRoot(element);
  const missing = findMissingRequirement(globalThis);
  if (missing) {
    await startLanguage();
    root.render(
      <I18nProvider i18n={i18n}>
        <Unsupported missing={missing} />
      </I18nProvider>,
    );
    return;
  }
  // The port listens before this tab's worker can speak.
  const port = createMessengerPort(new BroadcastChannel(channelName));
  startWorkers(port.fail);
  wakeMessenger(port);
  // The worker starts meanwhile.
  await startLanguage();
  root.render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <Providers port={port}>
          <App />
        </Providers>
      </CSPProvider>
    </StrictMode>,
  );
}

const element = document.getElementById("root");
if (element) void start(element);
