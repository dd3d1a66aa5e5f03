import {
  findCode,
  storeMessages,
  writeMarks,
  type Acknowledgement,
  type AcknowledgementOutcome,
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
const marksMs = 200;

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

/** Tells everybody what came of a batch. */
type Settle = () => void;

/**
 * Group commit: one transaction is under way at a time, and what arrives meanwhile goes together in the next. Alone,
 * an item waits for nothing; the more there are, the less each one costs. Callers are answered after commit, while the
 * database is at work on the next batch.
 *
 * Marks are for nobody to wait on: one transaction in `marksMs` takes all that one can take.
 */
export class WriteQueue {
  readonly #db: Db;
  readonly #publish: (runs: readonly FeedRun[]) => void;
  readonly #waiting: Jobs = noJobs();
  #running = false;
  #marksAtMs = Number.NEGATIVE_INFINITY;
  #afterMarks = false;
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
    let settle: Settle = () => undefined;
    for (let jobs = this.#take(); countOf(jobs) > 0; jobs = this.#take()) {
      const writing = this.#write(jobs);
      settle();
      settle = await writing;
    }
    this.#running = false;
    settle();
    if (countOf(this.#waiting) === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
    else
      this.#marksTimer ??= setTimeout(
        () => this.#onMarksDue(),
        this.#marksAtMs + marksMs - performance.now(),
      );
  }

  /** A timer may fire a moment early: then the next one waits for the rest. */
  #onMarksDue(): void {
    this.#marksTimer = undefined;
    this.#start();
  }

  /** The marks when their time has come, else messages. */
  #take(): Jobs {
    const { sends, acknowledgements, readMarks } = this.#waiting;
    const nowMs = performance.now();
    if (
      acknowledgements.length + readMarks.length > 0 &&
      !(this.#afterMarks && sends.length > 0) &&
      (nowMs >= this.#marksAtMs + marksMs || this.#closing)
    ) {
      clearTimeout(this.#marksTimer);
      this.#marksTimer = undefined;
      const jobs = {
        sends: [],
        acknowledgements: acknowledgements.splice(0, maxMarks),
        readMarks: readMarks.splice(0, maxMarks),
      };
      // Where more are waiting than one takes, the next follows at once, but after the messages.
      if (acknowledgements.length + readMarks.length === 0) this.#marksAtMs = nowMs;
      this.#afterMarks = true;
      return jobs;
    }
    this.#afterMarks = false;
    return { ...noJobs(), sends: sends.splice(0, countSends(sends)) };
  }

  /**
   * A batch that the database takes offence at is written item by item, so that only what offends fails. Where the
   * database is not there for anybody nothing is gained by that, and all fail.
   */
  async #write(jobs: Jobs): Promise<Settle> {
    try {
      return jobs.sends.length > 0 ? await this.#writeSends(jobs.sends) : await this.#writeMarks(jobs);
    } catch (error) {
      const alone = singles(jobs);
      if (alone.length > 1 && isAboutItems(error)) {
        const settles: Settle[] = [];
        for (const one of alone) settles.push(await this.#write(one));
        return () => settles.forEach((settle) => settle());
      }
      return () => {
        for (const { reject } of [...jobs.sends, ...jobs.acknowledgements, ...jobs.readMarks]) reject(error);
      };
    }
  }

  async #writeSends(jobs: Jobs["sends"]): Promise<Settle> {
    const { results, runs } = await storeMessages(
      this.#db,
      jobs.map(({ item }) => item),
    );
    return () => {
      settleEach(jobs, results);
      this.#publish(runs);
    };
  }

  async #writeMarks(jobs: Jobs): Promise<Settle> {
    const outcomes = await writeMarks(this.#db, {
      acknowledgements: jobs.acknowledgements.map(({ item }) => item),
      readMarks: jobs.readMarks.map(({ item }) => item),
    });
    return () => {
      this.#publish(outcomes.runs);
      settleEach(jobs.acknowledgements, outcomes.acknowledgements);
      settleEach(jobs.readMarks, outcomes.readMarks);
    };
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

function singles({ sends, acknowledgements, readMarks }: Jobs): Jobs[] {
  return [
    ...sends.map((job) => ({ ...noJobs(), sends: [job] })),
    ...acknowledgements.map((job) => ({ ...noJobs(), acknowledgements: [job] })),
    ...readMarks.map((job) => ({ ...noJobs(), readMarks: [job] })),
  ];
}

function settleEach<Item, Outcome>(jobs: readonly Job<Item, Outcome>[], outcomes: readonly Outcome[]): void {
  for (const [index, { resolve, reject }] of jobs.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) reject(new Error("The database gave no outcome for an item of a batch."));
    else resolve(outcome);
  }
}

/** SQLSTATE classes that an item can be the cause of: data exceptions, violated constraints, exceeded limits. */
const itemClasses = new Set(["22", "23", "54"]);

function isAboutItems(error: unknown): boolean {
  return itemClasses.has(findCode(error)?.slice(0, 2) ?? "");
}
