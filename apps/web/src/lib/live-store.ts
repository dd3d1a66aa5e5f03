/**
 * What screens show of the messenger's store, kept fresh: one entry for each key, queried again whenever an event
 * names its topic. An entry runs one query at a time, and once more if it went stale meanwhile, so that a burst of
 * events costs two queries. The last answer stays on screen until the next one is there.
 */
import { replaceEqualDeep } from "@tanstack/react-query";
import type { MessengerPort } from "./messenger-port.ts";

export type Topic =
  | "conversations"
  | `messages:${string}`
  | `message:${string}:${string}`
  | `safety-number:${string}`
  | "blocked"
  | "presence"
  | "settings";
export type Live<Value> = { value: Value | undefined; error: Error | null };
export type Query<Value> = (port: MessengerPort) => Promise<Value>;

type Entry = {
  topic: Topic;
  query: Query<unknown>;
  live: Live<unknown>;
  listeners: Set<() => void>;
  running: boolean;
  stale: boolean;
};

export type LiveStore = ReturnType<typeof createLiveStore>;

const nothing: Live<never> = { value: undefined, error: null };
/** Lists without a listener that are kept, so that going back is instant. */
const maxIdle = 12;

export function createLiveStore(port: MessengerPort) {
  const entries = new Map<Topic, Entry>();
  /** Counts sessions: an answer that was asked for in an earlier one is dropped. */
  let generation = 0;

  async function run(entry: Entry): Promise<void> {
    entry.stale = true;
    if (entry.running) return;
    entry.running = true;
    while (entry.stale) {
      entry.stale = false;
      const before = generation;
      const live = await entry.query(port).then(
        // What is as it was stays the same object, so that what shows it has nothing to do.
        (value) => ({ value: replaceEqualDeep(entry.live.value, value), error: null }),
        (error: unknown) => ({ value: entry.live.value, error: toError(error) }),
      );
      if (before !== generation) continue;
      entry.live = live;
      for (const listener of entry.listeners) listener();
    }
    entry.running = false;
  }

  /** Entries that nobody shows wait: whoever shows them next queries again anyway. */
  function refresh(topic: Topic): void {
    const entry = entries.get(topic);
    if (entry && entry.listeners.size > 0) void run(entry);
  }

  function trim(): void {
    const idle = [...entries.values()].filter((entry) => entry.listeners.size === 0);
    const lists = idle.filter((entry) => !isSingle(entry.topic));
    const dropped = [...idle.filter((entry) => isSingle(entry.topic)), ...lists.slice(0, -maxIdle)];
    for (const entry of dropped) entries.delete(entry.topic);
  }

  port.on("messages", ({ conversationId }) => {
    refresh(`messages:${conversationId}`);
    for (const topic of entries.keys()) if (topic.startsWith(`message:${conversationId}:`)) refresh(topic);
  });
  port.on("conversations", () => {
    // A changed key or a block shows in the list too.
    for (const topic of entries.keys()) if (!topic.startsWith("message")) refresh(topic);
  });
  port.on("settings", () => {
    refresh("settings");
    refresh("presence");
  });
  port.on("presence", () => refresh("presence"));
  port.on("session", () => {
    // Another person must never see a glimpse of the last one's.
    generation += 1;
    for (const entry of entries.values()) entry.live = nothing;
    for (const topic of entries.keys()) refresh(topic);
  });
  let host = "";
  port.subscribe(() => {
    const state = port.getState();
    if (state.status !== "ready" || state.host === host) return;
    host = state.host;
    for (const topic of entries.keys()) refresh(topic);
  });

  return {
    get: (topic: Topic): Live<unknown> => entries.get(topic)?.live ?? nothing,
    /** `query` replaces the one before under the same topic, and runs at once where it differs. */
    subscribe(topic: Topic, query: Query<unknown>, listener: () => void): () => void {
      const entry = entries.get(topic) ?? {
        topic,
        query,
        live: nothing,
        listeners: new Set(),
        running: false,
        stale: false,
      };
      entry.query = query;
      entry.listeners.add(listener);
      // Last in the map is last used.
      entries.delete(topic);
      entries.set(topic, entry);
      void run(entry);
      return () => {
        entry.listeners.delete(listener);
        trim();
      };
    },
  };
}

/** One message is read as fast again. */
function isSingle(topic: Topic): boolean {
  return topic.startsWith("message:");
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
