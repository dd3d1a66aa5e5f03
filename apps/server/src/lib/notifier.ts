import type { FeedRun } from "@sotto/db";
import type { Signal } from "@sotto/protocol";

/** Stops listening. */
type Off = () => void;

/** "here": this node ended the sessions itself. "elsewhere": somebody says so, and the database knows. */
export type RevokedBy = "here" | "elsewhere";
type RevocationListener = (sessionIds: readonly string[], by: RevokedBy) => void;

/**
 * How the parts of a server, and its nodes, tell each other that something happened. It may lose what it is given:
 * the truth is in the database, and whoever needs it all reads it there.
 */
export type Notifier = {
  /** Call after commit, with what was added to feeds: listeners of this node are given it, those of others a hint. */
  publish(runs: readonly FeedRun[]): void;
  /** The listener is given a run, or null where there is something to read that is not at hand. */
  onNews(userId: string, listener: (run: FeedRun | null) => void): Off;
  /** Ephemeral, to these users' connected devices. */
  signal(userIds: readonly string[], signal: Signal): void;
  onSignal(userId: string, listener: (signal: Signal) => void): Off;
  /** Call after commit: these sessions have ended. */
  revoke(sessionIds: readonly string[]): void;
  onRevoke(listener: RevocationListener): Off;
  /** "alone": there are no other nodes. "this-node": there may be, and none is heard at the moment. */
  reach(): "alone" | "all-nodes" | "this-node";
  close(): Promise<void>;
};

export type NotifierHooks = {
  onError: (error: unknown) => void;
  /** Of how many users' feeds, each time. */
  onWakeUps?: (count: number) => void;
};

/** What reaches the listeners of this process, whoever has said it. */
export type LocalNotifier = Omit<Notifier, "revoke"> & {
  /** There is something to read in the feeds of these users, which is not at hand here. */
  wake(userIds: readonly string[]): void;
  revoke(sessionIds: readonly string[], by?: RevokedBy): void;
};

/** For a server that is alone. A listener that throws is reported and never keeps the news from the next one. */
export function createLocalNotifier({ onError, onWakeUps }: NotifierHooks): LocalNotifier {
  const news = new Topics<FeedRun | null>(onError);
  const signals = new Topics<Signal>(onError);
  const revocations = new Topics<{ sessionIds: readonly string[]; by: RevokedBy }>(onError);
  const everyone = "";

  return {
    publish(runs) {
      onWakeUps?.(runs.length);
      for (const run of runs) news.publish(run.userId, run);
    },
    wake(userIds) {
      onWakeUps?.(userIds.length);
      for (const userId of userIds) news.publish(userId, null);
    },
    onNews: (userId, listener) => news.subscribe(userId, listener),
    signal(userIds, signal) {
      for (const userId of userIds) signals.publish(userId, signal);
    },
    onSignal: (userId, listener) => signals.subscribe(userId, listener),
    revoke(sessionIds, by = "here") {
      if (sessionIds.length > 0) revocations.publish(everyone, { sessionIds, by });
    },
    onRevoke: (listener) => revocations.subscribe(everyone, ({ sessionIds, by }) => listener(sessionIds, by)),
    reach: () => "alone",
    async close() {
      news.clear();
      signals.clear();
      revocations.clear();
    },
  };
}

class Topics<Value> {
  readonly #listeners = new Map<string, Set<(value: Value) => void>>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  subscribe(topic: string, listener: (value: Value) => void): Off {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    const entry = (value: Value) => listener(value);
    listeners.add(entry);
    return () => {
      listeners.delete(entry);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
    };
  }

  publish(topic: string, value: Value): void {
    for (const listener of this.#listeners.get(topic) ?? []) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
