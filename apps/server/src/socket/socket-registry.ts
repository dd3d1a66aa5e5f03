import { Gauge } from "prom-client";
import type { App } from "../app.ts";
import type { LiveSocket } from "./live-socket.ts";

/** All connected sockets of one server, so that the end of a session reaches the sockets it opened. */
export type SocketRegistry = {
  add(socket: LiveSocket): void;
  list(): LiveSocket[];
};

export function createSocketRegistry({
  notifier,
  metrics,
}: Pick<App, "notifier" | "metrics">): SocketRegistry {
  const bySession = new Map<string, Set<LiveSocket>>();
  const list = () => Array.from(bySession.values(), (sockets) => Array.from(sockets)).flat();
  const registers = [metrics.registry];

  new Gauge({
    name: "sotto_sockets",
    help: "Connected WebSockets.",
    registers,
    collect() {
      this.set(list().length);
    },
  });
  new Gauge({
    name: "sotto_subscriptions",
    help: "Running subscriptions.",
    registers,
    collect() {
      this.set(list().reduce((sum, socket) => sum + socket.subscriptions, 0));
    },
  });

  notifier.onRevoke((sessionIds) => {
    for (const sessionId of sessionIds) {
      for (const socket of bySession.get(sessionId) ?? []) socket.revoke();
    }
  });

  return {
    list,
    add(socket) {
      const { sessionId } = socket.session;
      const siblings = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, siblings.add(socket));
      socket.ws.once("close", (code) => {
        siblings.delete(socket);
        if (siblings.size === 0 && bySession.get(sessionId) === siblings) bySession.delete(sessionId);
        metrics.socketCloses.inc({ code });
      });
    },
  };
}
