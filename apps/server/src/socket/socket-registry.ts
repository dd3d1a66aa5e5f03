import { closeCodes } from "@sotto/protocol";
import { Gauge } from "prom-client";
import type { App } from "../app.ts";
import type { LiveSocket } from "./live-socket.ts";

/** A client may close with any code it likes; labels of a metric must stay few. */
const knownCodes: ReadonlySet<number> = new Set([1000, 1001, 1005, 1006, 1009, ...Object.values(closeCodes)]);

/** All connected sockets of one server, so that the end of a session reaches the sockets it opened. */
export type SocketRegistry = {
  add(socket: LiveSocket): void;
  list(): LiveSocket[];
  /** Of the sockets, each once. */
  sessionIds(): string[];
  /** Closes the sockets of these sessions. */
  revoke(sessionIds: readonly string[]): void;
};

export function createSocketRegistry({ metrics }: Pick<App, "metrics">): SocketRegistry {
  const bySession = new Map<string, Set<LiveSocket>>();
  const list = () => Array.from(bySession.values(), (sockets) => Array.from(sockets)).flat();
  const measure = (name: string, help: string, count: () => number) =>
    metrics.registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(count());
        },
      }),
    );
  measure("sotto_sockets", "Connected WebSockets.", () => list().length);
  measure("sotto_subscriptions", "Running subscriptions.", () =>
    list().reduce((sum, socket) => sum + socket.subscriptions, 0),
  );

  return {
    list,
    sessionIds: () => [...bySession.keys()],
    revoke(sessionIds) {
      for (const sessionId of sessionIds) {
        for (const socket of bySession.get(sessionId) ?? []) socket.revoke();
      }
    },
    add(socket) {
      const { sessionId } = socket.session;
      const siblings = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, siblings.add(socket));
      socket.ws.once("close", (code) => {
        siblings.delete(socket);
        if (siblings.size === 0 && bySession.get(sessionId) === siblings) bySession.delete(sessionId);
        metrics.socketCloses.inc({ code: knownCodes.has(code) ? code : "other" });
      });
    },
  };
}
