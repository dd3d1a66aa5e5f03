import type { ReadGate } from "./read-gate.ts";

/** Calls that may wait before the socket is no longer read. */
const mostWaiting = 8;

/** Calls of one socket that go one after the other. While many wait, nothing more is read from it. */
export class Turns {
  readonly #gate: ReadGate;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #release: (() => void) | null = null;

  constructor(gate: ReadGate) {
    this.#gate = gate;
  }

  /** Settles as `work` does, which begins when those before it have settled. */
  take<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    if (this.#waiting > mostWaiting) this.#release ??= this.#gate.hold();
    const turn = this.#last.then(work).finally(() => this.#leave());
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #leave(): void {
    this.#waiting -= 1;
    if (this.#waiting > mostWaiting) return;
    this.#release?.();
    this.#release = null;
  }
}
