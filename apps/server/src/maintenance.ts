import { deleteExpired } from "@sotto/db";
import type { App } from "./app.ts";
import { describeError } from "./lib/logger.ts";

const everyMs = 10 * 60_000;

/** Removes what has run out, now and then. Returns what stops it. */
export function startMaintenance({ db, logger }: Pick<App, "db" | "logger">): () => void {
  const timer = setInterval(() => {
    deleteExpired(db).catch((error: unknown) => {
      logger.warn({ error: describeError(error) }, "expired rows could not be removed");
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
