// oxlint-disable-next-line import/default -- the query makes it a module of vite, which exports the URL
import workerUrl from "./messenger-worker.ts?worker&url";

type ScriptUrlPolicy = { createScriptURL(url: string): string };
type TrustedTypes = { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy };

/** Starts this tab's worker. The policy `app` is the only one that the server's CSP allows, and passes this one URL. */
export function startWorker(onFailure: (message: string) => void): void {
  const rules: ScriptUrlPolicy = {
    createScriptURL(url) {
      if (url !== workerUrl) throw new TypeError("Only Sotto's own worker may be started.");
      return url;
    },
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("app", rules) ?? rules;
  const worker = new Worker(policy.createScriptURL(workerUrl), { type: "module", name: "sotto" });
  worker.addEventListener("error", () => {
    onFailure("Part of Sotto could not be loaded. Check the connection and reload the page.");
  });
}
