/**
 * Group commit, and reading in the same manner: the database is at work on one batch of a lane at a time, and what
 * arrives meanwhile goes together in the next. Alone, an item waits for nothing; the more there are, the less each one
 * costs. Callers are answered after commit, while the database is at work on the next batch.
 */
import { findCode, type FeedRun } from "@sotto/db";

type Job<Item, Outcome> = {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
};

/** What came of a batch: one outcome for each item, in their order, and what the feeds were given. */
type Done<Outcome> = { outcomes: readonly Outcome[]; runs?: readonly FeedRun[] };

/** Tells everybody what came of a batch. */
type Settle = () => void;

export type LaneOptions<Item, Outcome> = {
  work: (items: readonly Item[]) => Promise<Done<Outcome>>;
  /** Called after commit, when the callers have their answers. */
  publish?: (runs: readonly FeedRun[]) => void;
  /** How many of the first items fit into one batch; at least one. */
  fit: (items: readonly Item[]) => number;
  /** From the beginning of a batch to that of the next, unless more are waiting than one takes. */
  pauseMs?: number;
  /** Of an item that was done in part: it goes on in the next batch, and its caller waits. */
  isUnfinished?: (outcome: Outcome) => boolean;
};

export class Lane<Item, Outcome> {
  readonly #options: LaneOptions<Item, Outcome>;
  #waiting: Job<Item, Outcome>[] = [];
  #running = false;
  #underWay = 0;
  #nextMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #closing = false;
  #onIdle: (() => void)[] = [];

  constructor(options: LaneOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** How many items have no answer yet. */
  get size(): number {
    return this.#waiting.length + this.#underWay;
  }

  put(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#start();
    });
  }

  /** From now on nothing waits for company. Settles when everything is written. */
  async close(): Promise<void> {
    this.#closing = true;
    await new Promise<void>((resolve) => {
      this.#onIdle.push(resolve);
      this.#start();
    });
  }

  #start(): void {
    if (this.#running) return;
    const restMs = this.#closing ? 0 : this.#nextMs - performance.now();
    if (restMs > 0) {
      // A timer may fire a moment early: then the next one waits for the rest.
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#start();
      }, restMs);
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = true;
    // After this turn of the event loop: what other sockets brought in it comes along.
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    let settle: Settle = () => undefined;
    for (let jobs = this.#take(); jobs.length > 0; jobs = this.#take()) {
      this.#underWay = jobs.length;
      const working = this.#work(jobs);
      settle();
      settle = await working;
    }
    this.#running = false;
    this.#underWay = 0;
    settle();
    if (this.#waiting.length > 0) this.#start();
    else for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #take(): Job<Item, Outcome>[] {
    const nowMs = performance.now();
    if (this.#waiting.length === 0 || (nowMs < this.#nextMs && !this.#closing)) return [];
    const count = this.#options.fit(this.#waiting.map(({ item }) => item));
    const jobs = this.#waiting.splice(0, count);
    if (this.#waiting.length === 0) this.#nextMs = nowMs + (this.#options.pauseMs ?? 0);
    return jobs;
  }

  /**
   * A batch that the database takes offence at is done item by item, so that only what offends fails. Where the
   * database is not there for anybody nothing is gained by that, and all fail.
   */
  async #work(jobs: readonly Job<Item, Outcome>[]): Promise<Settle> {
    try {
      const { outcomes, runs = [] } = await this.#options.work(jobs.map(({ item }) => item));
      return () => {
        this.#settleEach(jobs, outcomes);
        this.#options.publish?.(runs);
      };
    } catch (error) {
      if (jobs.length > 1 && isAboutItems(error)) {
        const settles: Settle[] = [];
        for (const job of jobs) settles.push(await this.#work([job]));
        return () => settles.forEach((settle) => settle());
      }
      return () => {
        for (const { reject } of jobs) reject(error);
      };
    }
  }

  #settleEach(jobs: readonly Job<Item, Outcome>[], outcomes: readonly Outcome[]): void {
    const unfinished: Job<Item, Outcome>[] = [];
    for (const [index, job] of jobs.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined)
        job.reject(new Error("The database gave no outcome for an item of a batch."));
      else if (this.#options.isUnfinished?.(outcome) === true) unfinished.push(job);
      else job.resolve(outcome);
    }
    if (unfinished.length === 0) return;
    this.#waiting.unshift(...unfinished);
    this.#nextMs = Number.NEGATIVE_INFINITY;
  }
}

/** SQLSTATE classes that an item can be the cause of: data exceptions, violated constraints, limits, damaged rows. */
const itemClasses = new Set(["22", "23", "54", "XX"]);

function isAboutItems(error: unknown): boolean {
  return itemClasses.has(findCode(error)?.slice(0, 2) ?? "");
}
