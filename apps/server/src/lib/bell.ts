/**
 * A coalesced flag between one who rings and one who waits: any number of rings before a wait are one. It carries no
 * data, so it needs no queue and a slow waiter costs nothing.
 */
export class Bell {
  #rung = false;
  #wakeUp: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wakeUp?.();
  }

  /** Forgets earlier rings. Call it before reading what they announced, never after. */
  reset(): void {
    this.#rung = false;
  }

  /** Settles when it rings or has rung since the last reset, after `timeoutMs`, or when the signal aborts. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#rung || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", settle);
        this.#wakeUp = null;
        resolve();
      };
      const timer = setTimeout(settle, timeoutMs);
      timer.unref();
      signal.addEventListener("abort", settle, { once: true });
      this.#wakeUp = settle;
    });
  }
}
