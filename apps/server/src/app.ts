import type { Db } from "@sotto/db";
import type { Logger } from "pino";
import type { AccessTokens } from "./auth/access-tokens.ts";
import type { Config } from "./config.ts";
import type { FeedReader } from "./lib/feed-reader.ts";
import type { FeedWatch } from "./lib/feed-watch.ts";
import type { Metrics } from "./lib/metrics.ts";
import type { Notifier } from "./lib/notifier.ts";
import type { PublicKeys } from "./lib/public-keys.ts";
import type { RateLimits } from "./lib/rate-limits.ts";
import type { WriteQueue } from "./lib/write-queue.ts";
import type { AccountTurns } from "./socket/account-turns.ts";

/** How long things live. Tests shorten them; nobody else does. */
export type Timings = {
  /** An access token, and a socket that is not extended. */
  accessMs: number;
  /** A WebSocket token. */
  ticketMs: number;
  /** A refresh token that nobody uses. */
  idleMs: number;
  /** How long tabs that race may still use the refresh token that one of them just rotated. */
  refreshGraceMs: number;
  /** An unfinished sign-in or password change. */
  challengeMs: number;
  recoveryTokenMs: number;
  /** A silent socket is asked for a sign of life after this time. */
  pingMs: number;
  /** And is cut where none comes for so long after that. */
  pongMs: number;
  /** What got lost on its way to a feed, or to the sockets of an ended session, is found within this time. */
  safetyPollMs: number;
  /** Between two rounds of removing what has run out and looking whether a copy of the database is due. */
  maintenanceMs: number;
  /** How long news that nobody looks at a clock for wait for company. */
  lazyNewsMs: number;
  /** An HTTP connection on which nothing moves: an answer that nobody reads must not lie in our memory. */
  httpStallMs: number;
};

export const defaultTimings: Timings = {
  accessMs: 10 * 60_000,
  ticketMs: 30_000,
  idleMs: 30 * 24 * 60 * 60_000,
  refreshGraceMs: 10_000,
  challengeMs: 2 * 60_000,
  recoveryTokenMs: 5 * 60_000,
  pingMs: 20_000,
  pongMs: 5_000,
  safetyPollMs: 5_000,
  maintenanceMs: 10 * 60_000,
  lazyNewsMs: 200,
  httpStallMs: 60_000,
};

/** What one running server is made of. Nothing of it lives at module level: two servers fit in one process. */
export type App = {
  readonly config: Config;
  readonly timings: Timings;
  readonly db: Db;
  readonly logger: Logger;
  readonly notifier: Notifier;
  readonly feedReader: FeedReader;
  readonly feedWatch: FeedWatch;
  readonly writes: WriteQueue;
  readonly turns: AccountTurns;
  readonly metrics: Metrics;
  readonly rateLimits: RateLimits;
  readonly accessTokens: AccessTokens;
  readonly publicKeys: PublicKeys;
  readonly opaqueServerSetup: string;
  /** Origins whose pages may call this server. */
  readonly origins: ReadonlySet<string>;
  readonly cookie: { name: string; secure: boolean };
};
