import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { STATUS_CODES } from "node:http";
import { isSessionLive, redeemTicket } from "@sotto/db";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { bearerOf } from "../http/trpc-endpoint.ts";

const socketPath = "/api/ws";

/** Why a connection is refused before it becomes a WebSocket, as a real HTTP answer. */
export type UpgradeRefusal = { status: 400 | 401 | 403 | 404 | 503; message: string };

/**
 * The gate before `/api/ws`: path, then Origin, then token. A program sends no Origin; a page always does, and a
 * foreign page learns nothing about its token. A ticket is redeemed in the database, so that one use holds whichever
 * node it is shown to.
 */
export async function checkUpgrade(app: App, req: IncomingMessage): Promise<Session | UpgradeRefusal> {
  const url = parseUrl(req);
  if (!url) return { status: 400, message: "The address or the Host header is not valid." };
  if (url.pathname !== socketPath) return { status: 404, message: "There is no WebSocket at this address." };
  const { origin } = req.headers;
  if (origin !== undefined && !app.origins.has(origin)) {
    return { status: 403, message: "This server does not answer pages of other origins." };
  }
  const shown = await findSession(app, url.searchParams.get("token"), bearerOf(req));
  if ("status" in shown) return shown;
  return (await isSessionLive(app.db, shown))
    ? shown
    : unauthorized("This session has ended. Sign in again.");
}

/** Both the adapter behind us and we need to read it: Node takes any text as Host. */
function parseUrl(req: IncomingMessage): URL | null {
  const text = `http://${req.headers.host ?? "localhost"}`;
  if (!URL.canParse(text) || !URL.canParse(req.url ?? "", text)) return null;
  return new URL(req.url ?? "", text);
}

async function findSession(
  app: App,
  token: string | null,
  bearer: string | null,
): Promise<Session | UpgradeRefusal> {
  if (token !== null) {
    const ticket = app.accessTokens.findTicket(token);
    if (!ticket) return unauthorized("The token is not valid or has run out. Ask auth.ticket for a new one.");
    // Kept a little longer than the ticket itself lives, since clocks of nodes differ.
    const id = ticket.ticketId;
    const fresh = await redeemTicket(app.db, { id, ttlMs: app.timings.ticketMs * 2 + 60_000 });
    return fresh ? ticket.session : unauthorized("The token was used before. Ask auth.ticket for a new one.");
  }
  if (bearer === null) return unauthorized("A token is missing: /api/ws?token=… or Authorization: Bearer …");
  return (
    app.accessTokens.findAccessSession(bearer) ??
    unauthorized("The access token is not valid or has run out.")
  );
}

function unauthorized(message: string): UpgradeRefusal {
  return { status: 401, message };
}

export function refuseUpgrade(socket: Duplex, { status, message }: UpgradeRefusal): void {
  const body = `${message}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 401 ? ["WWW-Authenticate: Bearer"] : []),
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
