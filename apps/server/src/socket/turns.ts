import type { ReadGate } from "./read-gate.ts";

/** While so many wait, a socket that asked for one of them is not read. */
const mostWaiting = 8;

/**
 * Calls that are carried out a few at a time, in the order in which they came, be it from one socket or from several.
 * While many wait, nothing more is read from a socket that added to them.
 */
export class Turns {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  readonly #held = new Map<ReadGate, () => void>();
  #running = 0;

  constructor(atOnce = 1) {
    this.#atOnce = atOnce;
  }

  /** Nothing is carried out, and nothing waits. */
  get idle(): boolean {
    return this.#running === 0;
  }

  /**
   * Settles as `work` does, which begins when those before it have settled.
   * @param gate of the socket that the call came from; null where it came from none
   */
  async take<T>(gate: ReadGate | null, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) {
      this.#running += 1;
    } else {
      // Whoever leaves hands over its place.
      const turn = new Promise<void>((begin) => this.#waiting.push(begin));
      if (gate && this.#isCrowded && !this.#held.has(gate)) this.#held.set(gate, gate.hold());
      await turn;
    }
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  get #isCrowded(): boolean {
    return this.#waiting.length >= mostWaiting;
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
    if (this.#isCrowded) return;
    for (const release of this.#held.values()) release();
    this.#held.clear();
  }
}
