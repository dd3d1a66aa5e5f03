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
  /** Call after commit: the feeds of these users have something new. */
  wake(userIds: readonly string[]): void;
  onWake(userId: string, listener: () => void): Off;
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
  revoke(sessionIds: readonly string[], by?: RevokedBy): void;
};

/** For a server that is alone. A listener that throws is reported and never keeps the news from the next one. */
export function createLocalNotifier({ onError, onWakeUps }: NotifierHooks): LocalNotifier {
  const wakes = new Topics<undefined>(onError);
  const signals = new Topics<Signal>(onError);
  const revocations = new Topics<{ sessionIds: readonly string[]; by: RevokedBy }>(onError);
  const everyone = "";

  return {
    wake(userIds) {
      onWakeUps?.(userIds.length);
      for (const userId of userIds) wakes.publish(userId, undefined);
    },
    onWake: (userId, listener) => wakes.subscribe(userId, listener),
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
      wakes.clear();
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
