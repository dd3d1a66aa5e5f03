import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { LocalNotifier, Notifier } from "../lib/notifier.ts";
import type { NatsAddress } from "./nats-address.ts";
import { createNatsLink } from "./nats-link.ts";
import type { News } from "./news.ts";
import {
  formatNews,
  groupByShard,
  parseNews,
  revocationSubject,
  shardOf,
  shardSubject,
  splitIds,
} from "./news.ts";

/** After an outage everybody looks at the database, but not everybody in one instant. */
const ringSliceSize = 500;
const ringSliceMs = 50;

/**
 * Tells the listeners of this node directly, and those of the other nodes over core NATS. Wake-ups of one turn of the
 * event loop go out together. When a subject begins to be heard, its users are rung once: something may have happened
 * between their last look at the database and that moment. What NATS loses later is made good by the safety poll of
 * the feeds and the regular look at the sessions of live sockets.
 */
export function createNatsNotifier(local: LocalNotifier, address: NatsAddress, logger: Logger): Notifier {
  /** Users with a listener here, by the subject of their shard, and how many each has. */
  const listeners = new Map<string, Map<string, number>>();
  const toWake = new Set<string>();
  const closing = new AbortController();

  const link = createNatsLink(address, {
    logger,
    onMessage: (text) => receive(parseNews(text)),
    onHeard: (subjects) => void ringSlowly(subjects.flatMap((subject) => usersOf(subject))),
  });
  link.listen(revocationSubject);

  function receive(news: News | null): void {
    switch (news?.kind) {
      case "wake":
        return local.wake(news.userIds);
      case "signal":
        return local.signal(news.userIds, news.signal);
      case "revoke":
        return local.revoke(news.sessionIds, "elsewhere");
      case undefined:
        logger.warn("a message on NATS is not the news of a node: dropped");
    }
  }

  function usersOf(subject: string): string[] {
    return [...(listeners.get(subject)?.keys() ?? [])];
  }

  async function ringSlowly(userIds: readonly string[]): Promise<void> {
    for (let start = 0; start < userIds.length; start += ringSliceSize) {
      if (start > 0) await delay(ringSliceMs, undefined, { ref: false });
      if (closing.signal.aborted) return;
      local.wake(userIds.slice(start, start + ringSliceSize));
    }
  }

  function join(userId: string): () => void {
    const subject = shardSubject(shardOf(userId));
    const users = listeners.get(subject) ?? new Map<string, number>();
    if (users.size === 0) {
      listeners.set(subject, users);
      link.listen(subject);
    }
    users.set(userId, (users.get(userId) ?? 0) + 1);
    let joined = true;
    return () => {
      if (!joined) return;
      joined = false;
      const left = (users.get(userId) ?? 0) - 1;
      if (left > 0) {
        users.set(userId, left);
        return;
      }
      users.delete(userId);
      if (users.size > 0) return;
      listeners.delete(subject);
      link.unlisten(subject);
    };
  }

  function tell(subject: string, news: News): void {
    link.publish(subject, formatNews(news));
  }

  function tellWakeUps(): void {
    for (const [shard, userIds] of groupByShard(toWake)) {
      for (const part of splitIds(userIds)) tell(shardSubject(shard), { kind: "wake", userIds: part });
    }
    toWake.clear();
  }

  return {
    publish(runs) {
      local.publish(runs);
      if (!link.isUp() || runs.length === 0) return;
      if (toWake.size === 0) setImmediate(tellWakeUps);
      for (const { userId } of runs) toWake.add(userId);
    },
    onNews(userId, listener) {
      const off = local.onNews(userId, listener);
      const leave = join(userId);
      return () => {
        off();
        leave();
      };
    },
    signal(userIds, signal) {
      local.signal(userIds, signal);
      for (const [shard, group] of groupByShard(userIds)) {
        for (const part of splitIds(group))
          tell(shardSubject(shard), { kind: "signal", userIds: part, signal });
      }
    },
    onSignal(userId, listener) {
      const off = local.onSignal(userId, listener);
      const leave = join(userId);
      return () => {
        off();
        leave();
      };
    },
    revoke(sessionIds) {
      local.revoke(sessionIds, "here");
      for (const part of splitIds(sessionIds)) tell(revocationSubject, { kind: "revoke", sessionIds: part });
    },
    onRevoke: (listener) => local.onRevoke(listener),
    reach: () => (link.isUp() ? "all-nodes" : "this-node"),
    async close() {
      closing.abort();
      tellWakeUps();
      await link.close();
      await local.close();
    },
  };
}
