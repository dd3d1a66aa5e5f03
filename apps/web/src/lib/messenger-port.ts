import type { EventName, MessengerEvents } from "@sotto/client";
import { PortError, post, repeatable } from "../worker/port.ts";
import type {
  BroadcastEvent,
  CallName,
  Calls,
  Channel,
  PlainError,
  Snapshot,
  ToHost,
  ToPages,
} from "../worker/port.ts";

/** `left`: how the last session ended, where it was not by signing out, and nobody has signed in since. */
export type PortState =
  | { status: "starting" }
  | { status: "unavailable"; error: PortError }
  | ({ status: "ready"; host: string; left: "ended" | "evicted" | null } & Snapshot);

export type MessengerPort = {
  call<Name extends CallName>(name: Name, ...args: Parameters<Calls[Name]>): ReturnType<Calls[Name]>;
  on<Name extends EventName>(name: Name, handler: (payload: MessengerEvents[Name]) => void): () => void;
  /** The network may be another one than a moment ago. */
  wake: () => void;
  getState: () => PortState;
  subscribe: (listener: () => void) => () => void;
  fail: (error: PlainError) => void;
  close: () => void;
};

type Pending = {
  name: CallName;
  args: unknown[];
  /** The host that was asked; null while there is none. */
  host: string | null;
  taken: boolean;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
};

const interrupted = new PortError({ code: "interrupted", message: "The host moved to another tab." });

/** The page's end of the channel; `worker/port.ts` says what the two ends owe each other. */
export function createMessengerPort(channel: Channel): MessengerPort {
  const page = crypto.randomUUID();
  const pending = new Map<number, Pending>();
  const listeners = new Set<() => void>();
  const handlers = new Map<EventName, Set<(payload: never) => void>>();
  let state: PortState = { status: "starting" };
  let lastId = 0;

  const setState = (next: PortState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  function ask(id: number, call: Pending): void {
    if (state.status !== "ready") return;
    const { host } = state;
    call.host = host;
    call.taken = false;
    post(channel, { to: "host", kind: "call", host, page, id, name: call.name, args: call.args });
  }

  function meetHost(host: string, snapshot: Snapshot): void {
    const left = state.status === "ready" && snapshot.user === null ? state.left : null;
    setState({ status: "ready", host, left, ...snapshot });
    for (const [id, call] of pending) {
      if (call.host === host) continue;
      if (!call.taken || repeatable.has(call.name)) {
        ask(id, call);
      } else {
        pending.delete(id);
        call.reject(interrupted);
      }
    }
  }

  function handleAnswer(message: ToPages & { kind: "taken" | "result" | "error" }): void {
    const call = message.page === page ? pending.get(message.id) : undefined;
    if (!call || call.host !== message.host) return;
    if (message.kind === "taken") {
      call.taken = true;
      return;
    }
    pending.delete(message.id);
    if (message.kind === "result") call.resolve(message.value);
    else call.reject(new PortError(message.error));
  }

  function fail(error: PlainError): void {
    setState({ status: "unavailable", error: new PortError(error) });
  }

  function handleEvent(event: BroadcastEvent): void {
    if (state.status === "ready") {
      if (event.name === "connection") setState({ ...state, connection: event.payload });
      if (event.name === "session") {
        const { user, reason } = event.payload;
        setState({ ...state, user, left: reason === "ended" || reason === "evicted" ? reason : null });
      }
    }
    for (const handler of handlers.get(event.name) ?? []) handler(event.payload as never);
  }

  channel.addEventListener("message", ({ data }: MessageEvent<ToHost | ToPages>) => {
    if (data.to !== "pages") return;
    if (data.kind === "ready") meetHost(data.host, data.snapshot);
    else if (data.kind === "unavailable") fail(data.error);
    else if (data.kind === "event") handleEvent(data.event);
    else handleAnswer(data);
  });
  post(channel, { to: "host", kind: "hello" });

  return {
    call(name, ...args) {
      return new Promise<unknown>((resolve, reject) => {
        lastId += 1;
        const call: Pending = { name, args, host: null, taken: false, resolve, reject };
        pending.set(lastId, call);
        ask(lastId, call);
      }) as ReturnType<Calls[typeof name]>;
    },
    on(name, handler) {
      const set = handlers.get(name) ?? new Set();
      handlers.set(name, set.add(handler));
      return () => void set.delete(handler);
    },
    wake: () => post(channel, { to: "host", kind: "wake" }),
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    fail,
    close: () => channel.close(),
  };
}
