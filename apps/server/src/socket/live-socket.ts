import { setTimeout as delay } from "node:timers/promises";
import { closeCodes, limits } from "@sotto/protocol";
import type { WebSocket } from "ws";
import type { Session } from "../auth/session.ts";
import { RequestError } from "../lib/request-error.ts";

/** A generator waits while its socket holds more than this: a reader that pauses must not fill our memory. */
const bufferHighBytes = 1024 * 1024;
const bufferCheckMs = 25;

/** The right to one subscription on a socket, given back when the subscription ends. */
export type Admission = {
  /** Aborts when the subscription is stopped or the socket closes. */
  readonly signal: AbortSignal;
  /** Settles when the socket's buffer has room, or the signal aborts. */
  writable(): Promise<void>;
  /** May be called more than once. */
  release(): void;
};

/** One connected WebSocket of one session. It ends by itself when nobody prolongs it. */
export class LiveSocket {
  readonly session: Session;
  readonly ws: WebSocket;
  #subscriptions = 0;
  #expiry: NodeJS.Timeout | undefined;

  constructor(ws: WebSocket, session: Session, lifetimeMs: number) {
    this.ws = ws;
    this.session = session;
    this.extend(lifetimeMs);
    ws.once("close", () => clearTimeout(this.#expiry));
  }

  get subscriptions(): number {
    return this.#subscriptions;
  }

  /** From now on. */
  extend(lifetimeMs: number): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => {
      this.ws.close(closeCodes.tokenExpired, "The access token has run out.");
    }, lifetimeMs);
    this.#expiry.unref();
  }

  revoke(): void {
    this.ws.close(closeCodes.sessionRevoked, "The session has ended.");
  }

  /** @throws RequestError `too-many-subscriptions` */
  admit(signal: AbortSignal): Admission {
    if (this.#subscriptions >= limits.subscriptionsPerSocket) {
      throw new RequestError(
        "too-many-subscriptions",
        `A connection holds at most ${limits.subscriptionsPerSocket} subscriptions. Stop one first.`,
      );
    }
    this.#subscriptions += 1;
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      this.#subscriptions -= 1;
    };
    // A generator that is stopped before its first step never runs its `finally`: the signal covers that.
    signal.addEventListener("abort", release, { once: true });
    if (signal.aborted) release();
    return { signal, release, writable: () => this.#writable(signal) };
  }

  async #writable(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.ws.bufferedAmount > bufferHighBytes) await delay(bufferCheckMs);
  }
}

/** @throws RequestError `socket-only` over HTTP, `too-many-subscriptions` */
export function admitSubscription(socket: LiveSocket | null, signal: AbortSignal | undefined): Admission {
  if (socket && signal) return socket.admit(signal);
  throw new RequestError("socket-only", "Subscriptions are served over WebSocket only, at /api/ws.");
}
