import type { IncomingMessage, ServerResponse } from "node:http";

function contentSecurityPolicy(scriptSources: string): string {
  return [
    "default-src 'none'",
    `script-src ${scriptSources}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "font-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types app",
  ].join("; ");
}

const pagePolicy = contentSecurityPolicy("'self'");
/** OPAQUE is WebAssembly and runs in the worker, so only the worker's own response may compile it. */
const workerPolicy = contentSecurityPolicy("'self' 'wasm-unsafe-eval'");
const workerScript = /^\/assets\/[^/]*worker[^/]*\.js$/;

const fixed = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), hid=()",
} as const;

/** On every response, whatever it is. */
export function setSecurityHeaders(req: IncomingMessage, res: ServerResponse, https: boolean): void {
  for (const [name, value] of Object.entries(fixed)) res.setHeader(name, value);
  const [path = ""] = (req.url ?? "").split("?", 1);
  res.setHeader("Content-Security-Policy", workerScript.test(path) ? workerPolicy : pagePolicy);
  if (https) res.setHeader("Strict-Transport-Security", "max-age=31536000");
}
