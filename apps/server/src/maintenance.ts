import { deleteExpired, type Database } from "@sotto/db";
import type { App } from "./app.ts";
import { describeError } from "./lib/logger.ts";

/**
 * Removes what has run out, now and then, keeps copies of the embedded database, and looks often for feeds whose
 * wake-up got lost. Returns what stops it; a copy that is under way is given up.
 */
export function startMaintenance(
  { db, feedWatch, logger, timings }: App,
  keepSnapshots: Database["keepSnapshots"],
): () => Promise<void> {
  const stopping = new AbortController();
  let copying: Promise<void> | null = null;

  async function copy(): Promise<void> {
    try {
      const path = await keepSnapshots?.(stopping.signal);
      if (path) logger.info({ path }, "database copied");
    } catch (error) {
      if (stopping.signal.aborted) return;
      logger.warn({ error: describeError(error) }, "the database could not be copied");
    }
  }

  const clean = setInterval(() => {
    deleteExpired(db).catch((error: unknown) => {
      logger.warn({ error: describeError(error) }, "expired rows could not be removed");
    });
    copying ??= copy().finally(() => {
      copying = null;
    });
  }, timings.maintenanceMs);
  // What got lost shows at the second look.
  const poll = setInterval(() => void feedWatch.poll(), timings.safetyPollMs / 2);
  clean.unref();
  poll.unref();
  return async () => {
    clearInterval(clean);
    clearInterval(poll);
    stopping.abort();
    await copying;
  };
}
