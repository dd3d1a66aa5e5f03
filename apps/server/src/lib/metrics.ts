import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

/** One registry for each server, so that two in one process do not share their counts. */
export function createMetrics(info: { version: string; engine: string }) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "sotto_info",
    help: "Version and database engine, in its labels.",
    labelNames: ["version", "engine"],
    registers,
  }).set(info, 1);

  return {
    registry,
    socketCloses: new Counter({
      name: "sotto_socket_closes_total",
      help: "Closed WebSockets by close code.",
      labelNames: ["code"],
      registers,
    }),
    upgradesRefused: new Counter({
      name: "sotto_upgrades_refused_total",
      help: "WebSocket upgrades refused, by HTTP status.",
      labelNames: ["status"],
      registers,
    }),
    messagesStored: new Counter({
      name: "sotto_messages_stored_total",
      help: "Messages acknowledged to their senders, repeated sends included.",
      registers,
    }),
    feedEvents: new Counter({
      name: "sotto_feed_events_total",
      help: "Feed events given to subscriptions.",
      registers,
    }),
    feedReads: new Counter({
      name: "sotto_feed_reads_total",
      help: "Reads of feeds from the database. What is handed over after a commit needs none.",
      registers,
    }),
    wakeUps: new Counter({ name: "sotto_wake_ups_total", help: "Wake-ups of users' feeds.", registers }),
    httpRequests: new Counter({
      name: "sotto_http_requests_total",
      help: "HTTP requests by kind of route and class of status.",
      labelNames: ["route", "status"],
      registers,
    }),
  };
}
