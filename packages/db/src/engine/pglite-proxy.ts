/**
 * The side of the embedded database that Kysely talks to: the few members of PGlite that its dialect uses, over the
 * message port of the worker. A transaction is its three statements, without a lock of its own: Kysely has one
 * connection to PGlite and lends it to one user at a time, for the whole of a transaction, and nothing else has
 * this proxy.
 */
import { Worker } from "node:worker_threads";
import type { PGlite, PGliteQueryResults, PGliteTransaction } from "kysely";
import type { CopiedError, QueryAnswer, WorkerAnswer, WorkerRequest } from "./pglite-messages.ts";

/** SQLSTATE in_failed_sql_transaction: COMMIT of a transaction in which a statement had failed. */
const abortedTransaction = "25P02";

type Waiting = { resolve: (answer: QueryAnswer | null) => void; reject: (error: Error) => void };

export class PGliteProxy implements PGlite {
  ready = false;
  closed = false;
  readonly waitReady: Promise<void>;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  readonly #onFatal: (error: unknown) => void;
  readonly #waiting = new Map<number, Waiting>();
  #failure: Error | null = null;
  #nextId = 1;

  /** `onFatal` hears of a worker that dies by itself; every query after that rejects with the same error. */
  constructor(directory: string, onFatal: (error: unknown) => void) {
    this.#worker = startWorker(directory);
    this.#exited = new Promise((resolve) => this.#worker.once("exit", () => resolve()));
    this.waitReady = new Promise((resolve, reject) => {
      this.#worker.on("message", (message: WorkerAnswer) => {
        if (message.kind === "ready") {
          this.ready = true;
          resolve();
        } else if (message.kind === "unusable") {
          reject(toError(message.error));
        } else {
          this.#settle(message);
        }
      });
      this.#worker.once("error", (cause) =>
        this.#fail(new Error("The embedded database broke down; restart the server.", { cause })),
      );
      this.#worker.once("exit", (code) => {
        this.#fail(new Error(`The embedded database stopped with the code ${code}; restart the server.`));
        reject(this.#failure ?? closedError());
      });
    });
    this.#onFatal = onFatal;
    // Whoever awaits it hears of a failure; nobody has to.
    this.waitReady.catch(() => undefined);
  }

  async query<T>(sql: string, parameters: readonly unknown[] = []): Promise<PGliteQueryResults<T>> {
    const { rows, affectedRows } = await this.#run(sql, parameters);
    return { rows: rows as T[], fields: [], ...(affectedRows === undefined ? {} : { affectedRows }) };
  }

  async transaction<T>(callback: (transaction: PGliteTransaction) => Promise<T>): Promise<T> {
    await this.#run("begin");
    let result: T;
    try {
      result = await callback({
        query: (sql, parameters) => this.query(sql, parameters),
        rollback: async () => {
          await this.#run("rollback");
        },
      });
    } catch (error) {
      await this.#run("rollback");
      throw error;
    }
    const { command } = await this.#run("commit");
    if (command === "ROLLBACK") {
      const message = "The transaction was rolled back, because a statement in it had failed.";
      throw Object.assign(new Error(message), { code: abortedTransaction });
    }
    return result;
  }

  /** Writes everything out and ends the worker. What was asked before is still answered. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    if (this.ready && !this.#failure) {
      // A worker that dies on the way has its own error; there is nothing more to close then.
      await this.#post((id) => ({ kind: "close", id })).catch(() => undefined);
    } else {
      await this.#worker.terminate();
    }
    await this.#exited;
  }

  async #run(sql: string, parameters: readonly unknown[] = []): Promise<QueryAnswer> {
    const answer = await this.#request((id) => ({ kind: "query", id, sql, parameters: [...parameters] }));
    if (!answer) throw new Error("The embedded database answered a query without a result.");
    return answer;
  }

  async #request(make: (id: number) => WorkerRequest): Promise<QueryAnswer | null> {
    if (this.#failure) throw this.#failure;
    if (this.closed) throw closedError();
    return this.#post(make);
  }

  #post(make: (id: number) => WorkerRequest): Promise<QueryAnswer | null> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
      this.#worker.postMessage(make(id));
    });
  }

  /** The worker has ended: nothing that waits for it will be answered. */
  #fail(error: Error): void {
    const reason = this.closed ? closedError() : error;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    if (this.closed || this.#failure) return;
    this.#failure = error;
    if (this.ready) this.#onFatal(error);
  }

  #settle(message: Exclude<WorkerAnswer, { kind: "ready" | "unusable" }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "error") waiting?.reject(toError(message.error));
    else waiting?.resolve(message.kind === "answer" ? message.answer : null);
  }
}

/** The worker is TypeScript like everything else and brings its loader along, whatever started this process. */
function startWorker(directory: string): Worker {
  return new Worker(new URL("./pglite-worker.ts", import.meta.url), {
    execArgv: ["--import", new URL("./worker-loader.mjs", import.meta.url).href],
    workerData: { directory },
  });
}

function closedError(): Error {
  return new Error("The embedded database is closed.");
}

function toError({ message, ...fields }: CopiedError): Error {
  return Object.assign(new Error(message), fields);
}
