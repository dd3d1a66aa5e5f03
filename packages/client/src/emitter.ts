import type { EventHandler, EventName, MessengerEvents } from "./types.ts";

type Handlers = { [Name in EventName]: Set<EventHandler<Name>> };

export type Emitter = ReturnType<typeof createEmitter>;

/** Typed events. A handler that throws or rejects is reported as an unhandled rejection and stops no other. */
export function createEmitter() {
  const handlers: Handlers = {
    message: new Set(),
    receipt: new Set(),
    connection: new Set(),
    typing: new Set(),
    presence: new Set(),
    "search-progress": new Set(),
    "import-progress": new Set(),
    messages: new Set(),
    conversations: new Set(),
    settings: new Set(),
    warning: new Set(),
    session: new Set(),
  };

  let quiet = false;

  /** Settles when every handler has. */
  async function emit<Name extends EventName>(name: Name, event: MessengerEvents[Name]): Promise<void> {
    const running = [...handlers[name]].map(async (handler) => {
      await handler(event);
    });
    for (const result of await Promise.allSettled(running)) {
      if (result.status === "rejected" && !quiet) void Promise.reject(result.reason as Error);
    }
  }

  return {
    emit,
    /** While everything ends, handlers fail because of that: nobody needs to hear of it. */
    setQuiet(value: boolean): void {
      quiet = value;
    },
    has: (name: EventName): boolean => handlers[name].size > 0,
    /** Fire and forget, for events that nothing waits on. */
    tell<Name extends EventName>(name: Name, event: MessengerEvents[Name]): void {
      void emit(name, event);
    },
    on<Name extends EventName>(name: Name, handler: EventHandler<Name>): () => void {
      handlers[name].add(handler);
      return () => {
        handlers[name].delete(handler);
      };
    },
    clear(): void {
      for (const set of Object.values(handlers)) set.clear();
    },
  };
}
