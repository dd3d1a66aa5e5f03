import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "../context.ts";
import { RequestError } from "../lib/request-error.ts";

/** The request and response behind a call over HTTP: where cookies are read and set. */
export type HttpExchange = {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Aborted when the caller goes away before the answer. */
  readonly left: AbortSignal;
};

/** Throws `bad-input` on a socket: a cookie cannot be set there. */
export function exchangeOf(ctx: Context): HttpExchange {
  if (ctx.http) return ctx.http;
  throw new RequestError("bad-input", "Call this over HTTP: its answer carries a cookie.");
}
