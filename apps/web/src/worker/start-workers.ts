// oxlint-disable-next-line import/default -- the query makes it a module of vite, which exports the URL
import workerUrl from "./messenger-worker.ts?worker&url";
import type { PlainError } from "./port.ts";

const serviceWorkerUrl = "/service-worker.js";

type ScriptUrlPolicy = { createScriptURL(url: string): string };
type TrustedTypes = { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy };

/** The policy `app` is the only one that the server's CSP allows, and passes these two URLs. */
const rules: ScriptUrlPolicy = {
  createScriptURL(url) {
    if (url !== workerUrl && url !== serviceWorkerUrl)
      throw new TypeError("Only Sotto's own workers may be started.");
    return url;
  },
};

/** Starts this tab's worker, and in the built app the service worker that keeps the app on the device. */
export function startWorkers(onFailure: (error: PlainError) => void): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("app", rules) ?? rules;
  const worker = new Worker(policy.createScriptURL(workerUrl), { type: "module", name: "sotto" });
  worker.addEventListener("error", () => {
    onFailure({ code: "load-failed", message: "The worker could not be loaded." });
  });
  if (import.meta.env.PROD && "serviceWorker" in navigator) {
    // Without it the app needs a network to start, and nothing else.
    navigator.serviceWorker.register(policy.createScriptURL(serviceWorkerUrl)).catch(() => {});
  }
}
