import {
  writeBatch,
  type Acknowledgement,
  type AcknowledgementOutcome,
  type Batch,
  type BatchOutcome,
  type Db,
  type FeedRun,
  type ReadMark,
  type ReadOutcome,
  type Send,
} from "@sotto/db";
import type { SendResult } from "@sotto/protocol";

/** Messages of one batch; a send is never split. */
const maxMessages = 500;
/** Acknowledgements, and read marks, of one batch. */
const maxMarks = 500;
const marksMs = 50;

type Job<Item, Outcome> = {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
};

type Jobs = {
  sends: Job<Send, SendResult[]>[];
  acknowledgements: Job<Acknowledgement, AcknowledgementOutcome>[];
  readMarks: Job<ReadMark, ReadOutcome>[];
};

/**
 * Group commit: one transaction is under way at a time, and what arrives meanwhile goes together in the next. Alone,
 * an item waits for nothing; the more there are, the less each one costs. Callers are answered after commit.
 *
 * Marks are for nobody to wait on: while messages keep the queue busy they go along with one transaction in `marksMs`.
 */
export class WriteQueue {
  readonly #db: Db;
  readonly #publish: (runs: readonly FeedRun[]) => void;
  readonly #waiting: Jobs = noJobs();
  #running = false;
  #marksAtMs = Number.NEGATIVE_INFINITY;
  #marksTimer: NodeJS.Timeout | undefined;
  #closing = false;
  #onIdle: (() => void)[] = [];

  constructor(db: Db, publish: (runs: readonly FeedRun[]) => void) {
    this.#db = db;
    this.#publish = publish;
  }

  send(item: Send): Promise<SendResult[]> {
    return this.#put(this.#waiting.sends, item);
  }

  async acknowledge(item: Acknowledgement): Promise<Exclude<AcknowledgementOutcome, "more">> {
    for (;;) {
      const outcome = await this.#put(this.#waiting.acknowledgements, item);
      if (outcome !== "more") return outcome;
    }
  }

  async markRead(item: ReadMark): Promise<Exclude<ReadOutcome, "more">> {
    for (;;) {
      const outcome = await this.#put(this.#waiting.readMarks, item);
      if (outcome !== "more") return outcome;
    }
  }

  /** From now on nothing waits for company. Settles when everything is written. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#start();
    await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  #put<Item, Outcome>(queue: Job<Item, Outcome>[], item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      this.#start();
    });
  }

  #start(): void {
    if (this.#running) return;
    this.#running = true;
    // After this turn of the event loop: what other sockets brought in it comes along.
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    for (let jobs = this.#take(); countOf(jobs) > 0; jobs = this.#take()) await this.#write(jobs);
    this.#running = false;
    if (countOf(this.#waiting) === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
    else this.#marksTimer ??= setTimeout(() => this.#start(), this.#marksAtMs + marksMs - performance.now());
  }

  #take(): Jobs {
    const { sends, acknowledgements, readMarks } = this.#waiting;
    const jobs = { ...noJobs(), sends: sends.splice(0, countSends(sends)) };
    const nowMs = performance.now();
    if (nowMs < this.#marksAtMs + marksMs && !this.#closing) return jobs;
    clearTimeout(this.#marksTimer);
    this.#marksTimer = undefined;
    jobs.acknowledgements = acknowledgements.splice(0, maxMarks);
    jobs.readMarks = readMarks.splice(0, maxMarks);
    if (jobs.acknowledgements.length + jobs.readMarks.length > 0) this.#marksAtMs = nowMs;
    return jobs;
  }

  /**
   * A batch that the database takes offence at is written item by item, so that only what offends fails. Where the
   * database is not there for anybody nothing is gained by that, and all fail.
   */
  async #write(jobs: Jobs): Promise<void> {
    let outcome: BatchOutcome;
    try {
      outcome = await writeBatch(this.#db, batchOf(jobs));
    } catch (error) {
      if (countOf(jobs) > 1 && isAboutItems(error)) {
        for (const one of singles(jobs)) await this.#write(one);
      } else {
        for (const { reject } of [...jobs.sends, ...jobs.acknowledgements, ...jobs.readMarks]) reject(error);
      }
      return;
    }
    this.#publish(outcome.runs);
    settle(jobs.sends, outcome.sends);
    settle(jobs.acknowledgements, outcome.acknowledgements);
    settle(jobs.readMarks, outcome.readMarks);
  }
}

function noJobs(): Jobs {
  return { sends: [], acknowledgements: [], readMarks: [] };
}

/** How many of the first sends fit into a batch; one always does. */
function countSends(sends: Jobs["sends"]): number {
  let messages = 0;
  for (const [index, { item }] of sends.entries()) {
    messages += item.messages.length;
    if (index > 0 && messages > maxMessages) return index;
  }
  return sends.length;
}

function countOf({ sends, acknowledgements, readMarks }: Jobs): number {
  return sends.length + acknowledgements.length + readMarks.length;
}

function batchOf({ sends, acknowledgements, readMarks }: Jobs): Batch {
  return {
    sends: sends.map(({ item }) => item),
    acknowledgements: acknowledgements.map(({ item }) => item),
    readMarks: readMarks.map(({ item }) => item),
  };
}

function singles({ sends, acknowledgements, readMarks }: Jobs): Jobs[] {
  return [
    ...sends.map((job) => ({ ...noJobs(), sends: [job] })),
    ...acknowledgements.map((job) => ({ ...noJobs(), acknowledgements: [job] })),
    ...readMarks.map((job) => ({ ...noJobs(), readMarks: [job] })),
  ];
}

function settle<Item, Outcome>(jobs: readonly Job<Item, Outcome>[], outcomes: readonly Outcome[]): void {
  for (const [index, { resolve, reject }] of jobs.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) reject(new Error("The database gave no outcome for an item of a batch."));
    else resolve(outcome);
  }
}

/** SQLSTATE classes that an item can be the cause of: data exceptions, violated constraints, exceeded limits. */
const itemClasses = new Set(["22", "23", "54"]);

function isAboutItems(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string" &&
    itemClasses.has(error.code.slice(0, 2))
  );
}
