import type { App } from "../app.ts";
import type { HttpExchange } from "../http/http-exchange.ts";

/**
 * HttpOnly keeps scripts away from it, SameSite=Strict keeps other sites from using it. Over https the name begins
 * with `__Host-`, which makes the browser hold it to this host, to `/` and to Secure. Cookies do not know ports, so
 * on loopback http the port is in the name: that of the address people use, which is the same whichever node answers.
 */
export function cookieSettings(origins: readonly string[]): { name: string; secure: boolean } {
  const secure = origins.every((origin) => origin.startsWith("https:"));
  const port = new URL(origins[0] ?? "http://localhost").port || "80";
  return { name: secure ? "__Host-sotto" : `sotto_${port}`, secure };
}

export function findRefreshToken(app: App, { req }: HttpExchange): string | null {
  for (const pair of (req.headers.cookie ?? "").split(";")) {
    const prefix = `${app.cookie.name}=`;
    const token = pair.trim().slice(prefix.length);
    if (pair.trim().startsWith(prefix) && token !== "") return token;
  }
  return null;
}

export function setRefreshCookie(app: App, exchange: HttpExchange, token: string): void {
  writeCookie(app, exchange, token, Math.floor(app.timings.idleMs / 1_000));
}

export function clearRefreshCookie(app: App, exchange: HttpExchange): void {
  writeCookie(app, exchange, "", 0);
}

function writeCookie(app: App, { res }: HttpExchange, value: string, maxAgeSeconds: number): void {
  const { name, secure } = app.cookie;
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? "; Secure" : ""}`;
  res.setHeader("Set-Cookie", `${name}=${value}; ${attributes}`);
}
