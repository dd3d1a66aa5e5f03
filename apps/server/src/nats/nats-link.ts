/**
 * One connection to NATS, made anew for as long as the server lives, whichever way it ended. What is published while
 * there is none is dropped, so nothing piles up: nobody relies on it. The library's own reconnecting stays off,
 * because one loop that also makes the first connection is simpler than two, and knows exactly when it is heard.
 */
import { setTimeout as delay } from "node:timers/promises";
import { connect, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import type { Logger } from "pino";
import { describeError } from "../lib/logger.ts";
import type { NatsAddress } from "./nats-address.ts";

const connectTimeoutMs = 5_000;
/** A connection that is dead without saying so is noticed after three of these. */
const pingMs = 5_000;
const retryMinMs = 250;
const retryMaxMs = 5_000;
const drainTimeoutMs = 1_000;

export type NatsLink = {
  isUp(): boolean;
  /** Dropped while the link is down. */
  publish(subject: string, text: string): void;
  /** From now on, over this and every later connection. */
  listen(subject: string): void;
  unlisten(subject: string): void;
  close(): Promise<void>;
};

export type NatsLinkHooks = {
  logger: Logger;
  onMessage: (text: string) => void;
  /** From now on everything that is published to these subjects is heard; before, it may not have been. */
  onHeard: (subjects: readonly string[]) => void;
};

export function createNatsLink(
  address: NatsAddress,
  { logger, onMessage, onHeard }: NatsLinkHooks,
): NatsLink {
  const closing = new AbortController();
  const subjects = new Set<string>();
  const fresh = new Set<string>();
  let connection: NatsConnection | null = null;
  let subscriptions = new Map<string, Subscription>();
  let heardSoon = false;

  function subscribe(current: NatsConnection, subject: string): void {
    const subscription = current.subscribe(subject, {
      callback(error, message) {
        if (error) logger.error({ subject, error: describeError(error) }, "NATS refuses a subscription");
        else onMessage(message.string());
      },
    });
    subscriptions.set(subject, subscription);
    fresh.add(subject);
    if (heardSoon) return;
    heardSoon = true;
    setImmediate(() => void reportHeard());
  }

  /** NATS has taken a subscription once it has answered what was sent after it. */
  async function reportHeard(): Promise<void> {
    heardSoon = false;
    const heard = [...fresh];
    fresh.clear();
    try {
      await connection?.flush();
      onHeard(heard);
    } catch {
      // The connection ended, and the next one begins with all subjects.
    }
  }

  /** Resolves when the connection has ended, to the reason. */
  async function holdConnection(onUp: () => void): Promise<unknown> {
    try {
      const made = await connect({
        ...address,
        name: "sotto",
        noEcho: true,
        reconnect: false,
        timeout: connectTimeoutMs,
        pingInterval: pingMs,
        maxPingOut: 2,
      });
      if (closing.signal.aborted) {
        await made.close();
        return null;
      }
      connection = made;
      subscriptions = new Map();
      fresh.clear();
      for (const subject of subjects) subscribe(made, subject);
      onUp();
      void logRefusals(made);
      return await made.closed();
    } catch (error) {
      return error;
    } finally {
      connection = null;
    }
  }

  /** What may not be published is said there and nowhere else. */
  async function logRefusals(current: NatsConnection): Promise<void> {
    for await (const status of current.status()) {
      if (status.type !== "error") continue;
      logger.error({ error: describeError(status.error) }, "NATS reports an error");
    }
  }

  async function run(): Promise<void> {
    let attempt = 0;
    let saidAway = false;
    while (!closing.signal.aborted) {
      const reason = await holdConnection(() => {
        attempt = 0;
        saidAway = false;
        logger.info("NATS connected");
      });
      if (closing.signal.aborted) return;
      if (!saidAway) {
        saidAway = true;
        logger.warn({ error: describeError(reason) }, "NATS is away: news of other nodes comes late");
      }
      const longestMs = Math.min(retryMaxMs, retryMinMs * 2 ** attempt);
      attempt = Math.min(attempt + 1, 10);
      await delay(Math.random() * longestMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }
  void run();

  return {
    isUp: () => connection !== null,
    publish(subject, text) {
      if (connection?.isClosed() === false) connection.publish(subject, text);
    },
    listen(subject) {
      subjects.add(subject);
      if (connection?.isClosed() === false) subscribe(connection, subject);
    },
    unlisten(subject) {
      subjects.delete(subject);
      fresh.delete(subject);
      subscriptions.get(subject)?.unsubscribe();
      subscriptions.delete(subject);
    },
    async close() {
      closing.abort();
      const last = connection;
      if (last === null) return;
      const drained = last.drain().catch(() => undefined);
      await Promise.race([drained, delay(drainTimeoutMs, undefined, { ref: false })]);
      await last.close();
    },
  };
}
