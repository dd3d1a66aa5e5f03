import { closeCodes, limits } from "@sotto/protocol";
import type { WebSocket } from "ws";
import type { Session } from "../auth/session.ts";
import { RequestError, sessionEnded, socketOnly } from "../lib/request-error.ts";
import { waitForRoom } from "./back-pressure.ts";
import { createReadGate, type ReadGate } from "./read-gate.ts";
import { Turns } from "./turns.ts";

/** A peer that has not answered the close by now is cut off. */
export const closeGraceMs = 1_000;

/** The right to one subscription on a socket, given back when the subscription ends. */
export type Admission = {
  /** Aborts when the subscription is stopped or the socket closes. */
  readonly signal: AbortSignal;
  /** Settles when the socket's buffer has room, or holds no more than `maxBytes`, or the signal aborts. */
  writable(maxBytes?: number): Promise<void>;
  /** May be called more than once. */
  release(): void;
};

/**
 * One connected WebSocket of one session. It ends by itself when nobody prolongs it. From the moment it ends it
 * answers no call: the close handshake takes as long as the peer likes, and frames go on arriving meanwhile.
 */
export class LiveSocket {
  readonly session: Session;
  readonly ws: WebSocket;
  readonly gate: ReadGate;
  readonly #answers = new Turns();
  #subscriptions = 0;
  #expiry: NodeJS.Timeout | undefined;
  #refusal: RequestError | null = null;

  constructor(ws: WebSocket, session: Session, lifetimeMs: number) {
    this.ws = ws;
    this.session = session;
    this.gate = createReadGate(ws);
    this.extend(lifetimeMs);
    ws.once("close", () => clearTimeout(this.#expiry));
  }

  get subscriptions(): number {
    return this.#subscriptions;
  }

  /** Why it answers no more calls; null while it lives. */
  get refusal(): RequestError | null {
    return this.#refusal;
  }

  /**
   * From now on.
   * @throws RequestError what `refusal` says, once the socket has ended
   */
  extend(lifetimeMs: number): void {
    if (this.#refusal) throw this.#refusal;
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => {
      const refusal = new RequestError("not-signed-in", "The access token has run out.");
      this.#end(closeCodes.tokenExpired, refusal);
    }, lifetimeMs);
    this.#expiry.unref();
  }

  /** The session is over. */
  revoke(): void {
    this.#end(closeCodes.sessionRevoked, sessionEnded());
  }

  /** It went over a cap. What was too much is answered first. */
  exceed(refusal: RequestError): void {
    setImmediate(() => this.#end(closeCodes.policyViolation, refusal));
  }

  #end(code: number, refusal: RequestError): void {
    if (this.#refusal) return;
    this.#refusal = refusal;
    this.ws.close(code, refusal.message);
    const cut = setTimeout(() => this.ws.terminate(), closeGraceMs);
    cut.unref();
    this.ws.once("close", () => clearTimeout(cut));
  }

  /**
   * For calls with a large answer: one after the other, and each only when there is room for what it answers.
   * @throws RequestError what `refusal` says, where the socket has ended meanwhile
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#answers.take(this, async () => {
      await waitForRoom(this.ws);
      return this.unlessEnded(work);
    });
  }

  /** @throws RequestError what `refusal` says, where the socket has ended meanwhile */
  unlessEnded<T>(work: () => Promise<T>): Promise<T> {
    if (this.#refusal) throw this.#refusal;
    if (this.ws.readyState !== this.ws.OPEN) {
      throw new RequestError("unavailable", "The connection has closed. Connect again.");
    }
    return work();
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
    return { signal, release, writable: (maxBytes) => waitForRoom(this.ws, signal, maxBytes) };
  }
}

/** `work` at once over HTTP, and in its turn on a socket. */
export function inTurn<T>(socket: LiveSocket | null, work: () => Promise<T>): Promise<T> {
  return socket ? socket.inTurn(work) : work();
}

/** @throws RequestError `socket-only` over HTTP, `too-many-subscriptions` */
export function admitSubscription(socket: LiveSocket | null, signal: AbortSignal | undefined): Admission {
  if (socket && signal) return socket.admit(signal);
  throw socketOnly();
}
