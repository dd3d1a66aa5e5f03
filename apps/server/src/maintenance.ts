import { deleteExpired, type Database } from "@sotto/db";
import type { App } from "./app.ts";
import { describeError } from "./lib/logger.ts";

const everyMs = 10 * 60_000;

/**
 * Removes what has run out, now and then, keeps copies of the embedded database, and looks often for feeds whose
 * wake-up got lost. Returns what stops it and waits for a copy that is under way.
 */
export function startMaintenance(
  { db, feedWatch, logger, timings }: App,
  keepSnapshots: Database["keepSnapshots"],
): () => Promise<void> {
  let copying: Promise<void> | null = null;

  async function copy(): Promise<void> {
    try {
      const path = await keepSnapshots?.();
      if (path) logger.info({ path }, "database copied");
    } catch (error) {
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
  }, everyMs);
  const poll = setInterval(() => void feedWatch.poll(), timings.safetyPollMs);
  clean.unref();
  poll.unref();
  return async () => {
    clearInterval(clean);
    clearInterval(poll);
    await copying;
  };
}
