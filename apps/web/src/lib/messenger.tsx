import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import type { ConnectionState, EventName, MessengerEvents } from "@sotto/client";
import type { MessengerPort, PortState } from "./messenger-port.ts";
import { createLiveStore } from "./live-store.ts";
import type { Live, LiveStore, Query, Topic } from "./live-store.ts";

const MessengerContext = createContext<{ port: MessengerPort; live: LiveStore } | null>(null);

export function MessengerProvider({ port, children }: { port: MessengerPort; children: ReactNode }) {
  const [value] = useState(() => ({ port, live: createLiveStore(port) }));
  return <MessengerContext value={value}>{children}</MessengerContext>;
}

function useMessengerContext() {
  const value = useContext(MessengerContext);
  if (!value) throw new Error("MessengerProvider is missing.");
  return value;
}

export function useMessenger(): MessengerPort {
  return useMessengerContext().port;
}

export function useMessengerState(): PortState {
  const port = useMessenger();
  return useSyncExternalStore(port.subscribe, port.getState);
}

/** The signed-in person; only for screens that exist while there is one. */
export function useMe(): { id: string; username: string } {
  const state = useMessengerState();
  const user = state.status === "ready" ? state.user : null;
  if (!user) throw new Error("Nobody is signed in.");
  return user;
}

/** The messenger's view, except that a browser which knows that it is offline knows it sooner. */
export function useConnection(): ConnectionState {
  const state = useMessengerState();
  const online = useSyncExternalStore(subscribeToNetwork, () => navigator.onLine);
  if (!online) return "offline";
  return state.status === "ready" ? state.connection : "connecting";
}

function subscribeToNetwork(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** The one way in which screens read the messenger's store. Give `query` a stable identity, like an effect. */
export function useLive<Value>(topic: Topic, query: Query<Value>): Live<Value> {
  const { live } = useMessengerContext();
  const subscribe = useCallback(
    (listener: () => void) => live.subscribe(topic, query, listener),
    [live, topic, query],
  );
  return useSyncExternalStore(subscribe, () => live.get(topic)) as Live<Value>;
}

export function useMessengerEvent<Name extends EventName>(
  name: Name,
  handler: (payload: MessengerEvents[Name]) => void,
): void {
  const port = useMessenger();
  useEffect(() => port.on(name, handler), [port, name, handler]);
}
