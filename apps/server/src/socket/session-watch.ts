import { listEndedSessions } from "@sotto/db";
import type { App } from "../app.ts";
import { describeError } from "../lib/logger.ts";
import type { RevokedBy } from "../lib/notifier.ts";
import type { SocketRegistry } from "./socket-registry.ts";

const sessionsPerQuery = 1_000;

/**
 * The end of a session reaches the sockets it opened. What this node ended itself is closed at once. What other nodes
 * say is a reason to ask the database and no more: a device whose session is over erases what is on it, and whoever
 * can write to NATS must not be able to bring that about. And since what they say may be lost, all sessions that have
 * a socket here are looked up regularly, so that none outlives its session by more than one safety poll.
 */
export type SessionWatch = {
  revoke(sessionIds: readonly string[], by: RevokedBy): void;
  stop(): void;
};

export function watchSessions(
  app: Pick<App, "db" | "notifier" | "logger" | "timings">,
  registry: SocketRegistry,
): SessionWatch {
  let checkingAll = false;

  async function check(sessionIds: readonly string[]): Promise<void> {
    for (let start = 0; start < sessionIds.length; start += sessionsPerQuery) {
      registry.revoke(await listEndedSessions(app.db, sessionIds.slice(start, start + sessionsPerQuery)));
    }
  }

  function logFailure(error: unknown): void {
    app.logger.warn({ error: describeError(error) }, "sessions not readable, trying again");
  }

  async function checkAll(): Promise<void> {
    if (checkingAll) return;
    checkingAll = true;
    await check(registry.sessionIds()).catch(logFailure);
    checkingAll = false;
  }

  function revoke(sessionIds: readonly string[], by: RevokedBy): void {
    if (by === "here") {
      registry.revoke(sessionIds);
      return;
    }
    const concerned = new Set(registry.sessionIds());
    check(sessionIds.filter((sessionId) => concerned.has(sessionId))).catch(logFailure);
  }

  const off = app.notifier.onRevoke(revoke);
  const timer = setInterval(() => void checkAll(), app.timings.safetyPollMs);
  timer.unref();

  return {
    revoke,
    stop() {
      off();
      clearInterval(timer);
    },
  };
}
