import type { App } from "./app.ts";
import type { Session } from "./auth/session.ts";
import type { HttpExchange } from "./http/http-exchange.ts";
import type { RequestError } from "./lib/request-error.ts";
import { notSignedIn } from "./lib/request-error.ts";
import type { LiveSocket } from "./socket/live-socket.ts";

/** What a call came over. */
type Origin =
  | { readonly socket: LiveSocket; readonly http: null }
  | { readonly socket: null; readonly http: HttpExchange };

/** What a procedure knows of its caller. Built once for each HTTP request, and once for each socket. */
export type Context = Origin & {
  readonly app: App;
  /** For rate limits: the caller's address, an IPv6 one cut to its network. */
  readonly address: string;
  readonly session: Session | null;
  /** Why there is no session although the caller showed a token. */
  readonly denial: RequestError | null;
};

/** The caller's session. Throws `not-signed-in` or `session-ended` where there is none, or none any more. */
export function sessionOf(ctx: Context): Session {
  if (ctx.socket?.refusal) throw ctx.socket.refusal;
  if (ctx.session) return ctx.session;
  throw ctx.denial ?? notSignedIn();
}
