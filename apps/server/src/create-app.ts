import type { Db } from "@sotto/db";
import type { Logger } from "pino";
import type { App, Timings } from "./app.ts";
import { defaultTimings } from "./app.ts";
import { createAccessTokens } from "./auth/access-tokens.ts";
import { cookieSettings } from "./auth/refresh-cookie.ts";
import type { Config } from "./config.ts";
import { describeError } from "./lib/logger.ts";
import { FeedReader } from "./lib/feed-reader.ts";
import { FeedWatch } from "./lib/feed-watch.ts";
import { createMetrics } from "./lib/metrics.ts";
import { createLocalNotifier } from "./lib/notifier.ts";
import { createNatsNotifier } from "./nats/nats-notifier.ts";
import { createPublicKeys } from "./lib/public-keys.ts";
import { createRateLimits } from "./lib/rate-limits.ts";
import { WriteQueue } from "./lib/write-queue.ts";
import { AccountTurns } from "./socket/account-turns.ts";
import type { Secrets } from "./secrets.ts";
import { version } from "./version.ts";

/** Puts the parts of one server together. Nothing here listens or waits yet. */
export function createApp(parts: {
  config: Config;
  logger: Logger;
  database: { db: Db; lanes: Db; engine: string };
  secrets: Secrets;
  /** The port that is served, also where the configuration left the choice to the system. */
  port: number;
  timings: Partial<Timings>;
}): App {
  const { config, logger, database, secrets, port } = parts;
  const timings = { ...defaultTimings, ...parts.timings };
  const origins = config.publicOrigins ?? [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const metrics = createMetrics({ version, engine: database.engine });
  const local = createLocalNotifier({
    onError: (error) => logger.error({ error: describeError(error) }, "a listener failed"),
    onWakeUps: (count) => metrics.wakeUps.inc(count),
  });
  const notifier = config.nats === null ? local : createNatsNotifier(local, config.nats, logger);
  return {
    config,
    timings,
    db: database.db,
    logger,
    notifier,
    feedReader: new FeedReader(database.lanes),
    feedWatch: new FeedWatch(database.db, notifier, (error) =>
      logger.warn({ error: describeError(error) }, "feeds could not be compared, trying again"),
    ),
    writes: new WriteQueue(database.lanes, (runs) => notifier.publish(runs)),
    turns: new AccountTurns(),
    metrics,
    rateLimits: createRateLimits(config.rateLimits),
    accessTokens: createAccessTokens(secrets.jwtSecret, timings),
    publicKeys: createPublicKeys(database.db),
    opaqueServerSetup: secrets.opaqueServerSetup,
    origins: new Set(origins),
    cookie: cookieSettings(origins),
  };
}
