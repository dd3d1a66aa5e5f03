import type { Session } from "../auth/session.ts";
import { type Context, sessionOf } from "../context.ts";
import type { LiveSocket } from "./live-socket.ts";
import { type Caller, Turns } from "./turns.ts";

/**
 * What one account may have under way at a time on this server, over all its sockets and requests. Marks wait up to
 * 200 ms for those of others, and each device of a person tells its own: so they go several at a time.
 */
const atOnce = { send: 1, mark: 8, accountData: 1 } as const;
type Kind = keyof typeof atOnce;

/** What a call came over, as far as its turn depends on it. */
type From = { readonly socket: LiveSocket } | { readonly socket: null; readonly http: Caller };

/**
 * Calls that write, in turns of each account: whoever writes most, over however many sockets, has no more in the queue
 * of all than anybody else. Other accounts wait for none of it.
 */
export class AccountTurns {
  readonly #turns: Record<Kind, Map<string, Turns>> = {
    send: new Map(),
    mark: new Map(),
    accountData: new Map(),
  };

  /**
   * @throws RequestError as the socket's `refusal` says, where it has ended meanwhile; over HTTP `rate-limited`, where
   * many calls of the account wait already
   */
  async take<T>(from: From, { userId }: Session, kind: Kind, work: () => Promise<T>) {
    const accounts = this.#turns[kind];
    const turns = accounts.get(userId) ?? new Turns(atOnce[kind]);
    accounts.set(userId, turns);
    try {
      const { socket } = from;
      return await (socket
        ? turns.take(socket, () => socket.unlessEnded(work))
        : turns.take(from.http, work));
    } finally {
      if (turns.idle && accounts.get(userId) === turns) accounts.delete(userId);
    }
  }

  /** Accounts with something under way. */
  get size(): number {
    return Object.values(this.#turns).reduce((sum, accounts) => sum + accounts.size, 0);
  }
}

/** `work` in its account's turn. */
export function inAccountTurn<T>(
  ctx: Context,
  kind: Kind,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = sessionOf(ctx);
  return ctx.app.turns.take(ctx, session, kind, () => work(session));
}
