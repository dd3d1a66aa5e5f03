import { deleteExpired } from "@sotto/db";
import type { App } from "./app.ts";
import { describeError } from "./lib/logger.ts";

const everyMs = 10 * 60_000;

/** Removes what has run out, now and then, and looks often for feeds whose wake-up got lost. Returns what stops it. */
export function startMaintenance({ db, feedWatch, logger, timings }: App): () => void {
  const clean = setInterval(() => {
    deleteExpired(db).catch((error: unknown) => {
      logger.warn({ error: describeError(error) }, "expired rows could not be removed");
    });
  }, everyMs);
  const poll = setInterval(() => void feedWatch.poll(), timings.safetyPollMs);
  clean.unref();
  poll.unref();
  return () => {
    clearInterval(clean);
    clearInterval(poll);
  };
}
