import { RequestError } from "../lib/request-error.ts";
import type { ReadGate } from "./read-gate.ts";

/** While so many wait, a socket that asked for one of them is not read. */
const mostWaiting = 8;
/** Calls over HTTP that wait at a time, two requests full of them: one above it is refused. */
export const mostWaitingOverHttp = 40;

/** Where a call came from: a socket can be read later, a request ends early where its caller goes away. */
export type Caller = { readonly gate: ReadGate } | { readonly left: AbortSignal };

/**
 * Calls that are carried out a few at a time, in the order in which they came, be it from one socket or from several.
 * While many wait, nothing more is read from a socket that added to them, and a request that would add to them is
 * refused.
 */
export class Turns {
  readonly #atOnce: number;
  readonly #waiting = new Set<() => void>();
  readonly #held = new Map<ReadGate, () => void>();
  #running = 0;
  #waitingOverHttp = 0;

  constructor(atOnce = 1) {
    this.#atOnce = atOnce;
  }

  /** Nothing is carried out, and nothing waits. */
  get idle(): boolean {
    return this.#running === 0;
  }

  /**
   * Settles as `work` does, which begins when those before it have settled.
   * @throws RequestError over HTTP: `rate-limited` where many wait, `unavailable` where the caller went away meanwhile
   */
  async take<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else if ("gate" in caller) await this.#waitOnSocket(caller.gate);
    else await this.#waitOverHttp(caller.left);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  // Whoever leaves hands over its place.
  async #waitOnSocket(gate: ReadGate): Promise<void> {
    const turn = new Promise<void>((begin) => this.#waiting.add(begin));
    if (this.#isCrowded && !this.#held.has(gate)) this.#held.set(gate, gate.hold());
    await turn;
  }

  async #waitOverHttp(left: AbortSignal): Promise<void> {
    if (left.aborted) throw callerLeft();
    if (this.#waitingOverHttp >= mostWaitingOverHttp) {
      throw new RequestError("rate-limited", "Too many of your calls wait already. Try again in 1 second.");
    }
    this.#waitingOverHttp += 1;
    let giveUp = () => {};
    try {
      await new Promise<void>((begin, refuse) => {
        this.#waiting.add(begin);
        giveUp = () => {
          // Who was told to begin a moment ago does, and hands the place over afterwards.
          if (!this.#waiting.delete(begin)) return;
          refuse(callerLeft());
          this.#letRead();
        };
        left.addEventListener("abort", giveUp);
      });
    } finally {
      left.removeEventListener("abort", giveUp);
      this.#waitingOverHttp -= 1;
    }
  }

  get #isCrowded(): boolean {
    return this.#waiting.size >= mostWaiting;
  }

  #leave(): void {
    const [next] = this.#waiting;
    if (next) {
      this.#waiting.delete(next);
      next();
    } else {
      this.#running -= 1;
    }
    this.#letRead();
  }

  #letRead(): void {
    if (this.#isCrowded) return;
    for (const release of this.#held.values()) release();
    this.#held.clear();
  }
}

function callerLeft(): RequestError {
  return new RequestError("unavailable", "The caller has gone.");
}
