import type { FeedRun } from "@sotto/db";
import type { FeedEvent } from "@sotto/protocol";
import { batchMaxBytes, contentBytes } from "./feed-batches.ts";

/** What a reader that does not keep up may have lying here, and content for one batch; the database has it all. */
const maxEvents = 500;

/**
 * What one subscription was told about its feed since it last looked: committed runs, and whether there is something
 * that only the database has. A run is used only where it goes on exactly from the reader's place; in every other case
 * the reader reads the database up to there, so what is lost or comes out of turn here is not lost to the reader.
 *
 * It also is what the reader waits on. News that nobody looks at a clock for, such as marks and the echo of what this
 * person sent, wait `lazyMs` for company: a hundred of them cost little more than one.
 */
export class FeedInbox {
  readonly userId: string;
  readonly #lazyMs: number;
  readonly #signal: AbortSignal;
  #runs: FeedRun[] = [];
  #events = 0;
  #bytes = 0;
  #unread = true;
  #urgent = true;
  /** The highest number that the database is known to have. */
  #known = 0;
  #wakeUp: (() => void) | null = null;
  #lazyTimer: NodeJS.Timeout | undefined;

  /** @param signal aborts when the subscription ends */
  constructor(userId: string, lazyMs: number, signal: AbortSignal) {
    this.userId = userId;
    this.#lazyMs = lazyMs;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#wakeUp?.(), { once: true });
  }

  /** Null: there is something to read. */
  put(run: FeedRun | null): void {
    if (run === null || !this.#keep(run)) {
      this.#unread = true;
      this.#urgent = true;
    } else {
      this.#urgent ||= run.events.some((event) => isUrgent(event, this.userId));
    }
    this.#settleSoon();
  }

  /** The database has events up to this number. */
  learnLast(lastSeq: number): void {
    this.#known = Math.max(this.#known, lastSeq);
  }

  /** The events that follow the number `after` without a gap, as far as they are here. What lies behind a gap stays. */
  take(after: number): FeedEvent[] {
    const events: FeedEvent[] = [];
    let taken = 0;
    for (const run of this.#runs) {
      const place = after + events.length;
      if (run.after > place) break;
      // What the reader has already is cut off.
      events.push(...run.events.slice(place - run.after));
      taken += 1;
    }
    this.#drop(taken);
    if (events.length === 0 && (this.#runs.length > 0 || after < this.#known)) this.#unread = true;
    this.#urgent = this.#unread;
    return events;
  }

  /** Up to where the database is to be read for what is here to go on from the number `after`. */
  gapAfter(after: number): { upTo?: number } {
    const next = this.#runs[0]?.after ?? 0;
    return next > after ? { upTo: next } : {};
  }

  /** Whether the database is to be read; asking is a promise to do it. */
  takeUnread(): boolean {
    const unread = this.#unread;
    this.#unread = false;
    this.#urgent = false;
    return unread;
  }

  /** Settles when there are news, or the subscription ends. */
  wait(): Promise<void> {
    if (this.#signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(this.#lazyTimer);
        this.#lazyTimer = undefined;
        this.#wakeUp = null;
        resolve();
      };
      this.#wakeUp = settle;
      this.#settleSoon();
    });
  }

  #settleSoon(): void {
    const wakeUp = this.#wakeUp;
    if (!wakeUp) return;
    if (this.#urgent) wakeUp();
    else if (this.#events > 0) this.#lazyTimer ??= setTimeout(wakeUp, this.#lazyMs);
  }

  /** False where there is no room: then nothing is kept. */
  #keep(run: FeedRun): boolean {
    const bytes = contentBytes(run.events);
    const isFull =
      this.#events + run.events.length > maxEvents ||
      (this.#events > 0 && this.#bytes + bytes > batchMaxBytes);
    if (isFull) {
      this.#drop(this.#runs.length);
      return false;
    }
    // Two lanes may tell in another order than they have written.
    const next = this.#runs.findLastIndex(({ after }) => after <= run.after) + 1;
    this.#runs.splice(next, 0, run);
    this.#events += run.events.length;
    this.#bytes += bytes;
    return true;
  }

  #drop(count: number): void {
    for (const { events } of this.#runs.splice(0, count)) {
      this.#events -= events.length;
      this.#bytes -= contentBytes(events);
    }
  }
}

function isUrgent(event: FeedEvent, userId: string): boolean {
  switch (event.kind) {
    case "message":
      return event.message.senderId !== userId;
    case "conversation":
    case "user":
      return true;
    case "receipt":
    case "read":
    case "account":
      return false;
  }
}
