import { closeCodes } from "@sotto/protocol";
import type { AppRouter } from "@sotto/server";
import { createWSClient, type TRPCLink, wsLink } from "@trpc/client";
import type { Api } from "./api.ts";
import { atMostEvery } from "./at-most-every.ts";
import { backoffMs } from "./backoff.ts";
import type { Emitter } from "./emitter.ts";
import { createGate } from "./gate.ts";
import { serverReason, SottoError } from "./errors.ts";
import { type Session, sessionReasons } from "./session.ts";
import { loadSocketClass } from "./socket.ts";
import { watchSockets } from "./socket-watch.ts";
import type { ConnectionState } from "./types.ts";
import { within } from "./within.ts";

/** A connection that held this long starts the waits between attempts from the beginning again. */
const heldMs = 10_000;
/** The server closes a socket ten minutes after its token was made, unless it is extended. */
const defaultExtendEveryMs = 5 * 60_000;
/** A dead network is noticed within nine seconds, a second later the next attempt starts. */
const askEveryMs = 6_000;
const answerMs = 3_000;
const wakeEveryMs = 2_000;
const closeTimeoutMs = 1_500;

export type Connection = {
  readonly state: ConnectionState;
  /** Carries calls and subscriptions; both wait in it until the socket is open. */
  readonly link: TRPCLink<AppRouter>;
  /** Starts connecting, and keeps the socket past the life of the token that opened it. */
  start(api: Api): void;
  /** Resolves when online, or closed. */
  online(): Promise<void>;
  /** The network may be another one: a wait for the next attempt ends, an open socket has to show that it lives. */
  wake(): void;
  close(): Promise<void>;
};

/**
 * One WebSocket that reconnects by itself. Each attempt asks for a fresh one-use token, waits with full jitter, and
 * ends for good when the server says that the session is over.
 */
export async function createConnection(input: {
  url: string;
  session: Session;
  emitter: Emitter;
  onOnline: () => void;
  onEnded: () => void;
  extendEveryMs?: number;
}): Promise<Connection> {
  const { url, session, emitter, onOnline, onEnded, extendEveryMs = defaultExtendEveryMs } = input;
  let state: ConnectionState = "connecting";
  let attempts = 0;
  let openedAtMs: number | null = null;
  let closed = false;
  let extendTimer: ReturnType<typeof setInterval> | undefined;
  let onlineWaiters: (() => void)[] = [];
  /** Of the attempt that comes next. */
  let waitMs = 0;
  const endWait = new Set<() => void>();
  const started = createGate<Api>();

  function become(next: ConnectionState): void {
    if (state === next) return;
    state = next;
    emitter.tell("connection", next);
  }

  function release(): void {
    for (const resolve of onlineWaiters) resolve();
    onlineWaiters = [];
  }

  /** While a socket is open, nothing is lost: the end of another one does not count. */
  function lose(next: ConnectionState): void {
    if (!closed && !sockets.isOpen) become(next);
  }

  function forgetAttempts(): void {
    if (openedAtMs !== null && performance.now() - openedAtMs > heldMs) attempts = 0;
  }

  /** In the place of tRPC's own wait, which nothing can end. */
  function wait(): Promise<void> {
    const ms = waitMs;
    waitMs = 0;
    if (ms === 0 || closed) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        endWait.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      endWait.add(end);
    });
  }

  const sockets = watchSockets(await loadSocketClass(), { everyMs: askEveryMs, answerMs });
  const waking = atMostEvery(wakeEveryMs, () => {
    waitMs = 0;
    for (const end of endWait) end();
    sockets.ask();
  });
  const socket = createWSClient({
    WebSocket: sockets.Watched,
    url: async () => {
      await wait();
      const api = await started.opened;
      if (closed) throw new SottoError("closed", "The messenger is closed.");
      try {
        const { token } = await api.auth.ticket.mutate();
        return `${url.replace(/^http/, "ws")}/api/ws?token=${encodeURIComponent(token)}`;
      } catch (error) {
        // The access token may outlive its session; only a refresh tells whether that is over.
        if (sessionReasons.has(serverReason(error) ?? "")) await session.refresh();
        else lose("offline");
        throw error;
      }
    },
    retryDelayMs: () => {
      forgetAttempts();
      waitMs = backoffMs(attempts);
      attempts += 1;
      return 0;
    },
    onOpen: () => {
      openedAtMs = performance.now();
      become("online");
      release();
      onOnline();
    },
    onClose: (cause) => {
      if (cause?.code === closeCodes.sessionRevoked) return onEnded();
      if (cause?.code === closeCodes.tokenExpired) session.forget();
      if (sockets.isOpen) {
        // What was under way on this one, and what joined it, is tried again on the other.
        setTimeout(onOnline);
        return;
      }
      forgetAttempts();
      openedAtMs = null;
      lose(state === "online" ? "connecting" : "offline");
    },
    onError: () => {
      if (state !== "online") lose("offline");
    },
  });

  return {
    link: wsLink<AppRouter>({ client: socket }),
    get state(): ConnectionState {
      return state;
    },
    start(api) {
      started.open(api);
      extendTimer = setInterval(() => {
        if (state !== "online") return;
        session
          .refresh()
          .then((accessToken) => api.auth.extend.mutate({ accessToken }))
          .catch(() => undefined);
      }, extendEveryMs);
      if (typeof extendTimer === "object") extendTimer.unref();
    },
    online() {
      if (state === "online" || closed) return Promise.resolve();
      return new Promise((resolve) => {
        onlineWaiters.push(resolve);
      });
    },
    wake: waking.ask,
    async close() {
      closed = true;
      clearInterval(extendTimer);
      waking.stop();
      for (const end of endWait) end();
      release();
      // tRPC waits for the answers to calls under way, which a dead network never brings.
      await within(closeTimeoutMs, socket.close());
    },
  };
}
