import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { openDatabase } from "@sotto/db";
import type { DestinationStream } from "pino";
import { createApp } from "./create-app.ts";
import { defaultTimings, type Timings } from "./app.ts";
import type { Config } from "./config.ts";
import { answerBrokenRequests } from "./http/broken-requests.ts";
import { createRequestHandler } from "./http/request-handler.ts";
import { serveWebApp } from "./http/web-app.ts";
import { addressUrl, listen } from "./listen.ts";
import { createLogger, describeError } from "./lib/logger.ts";
import { startMaintenance } from "./maintenance.ts";
import { loadSecrets } from "./secrets.ts";
import { serveSockets } from "./socket/socket-server.ts";
import { StartError } from "./start-error.ts";
import { version } from "./version.ts";

const drainMs = 15_000;
const httpGraceMs = 3_000;
const builtWebApp = fileURLToPath(new URL("../../web/dist", import.meta.url));

export type StartOptions = {
  /** Folder of the built web app; that of this workspace when absent. */
  webRoot?: string;
  /** Where the log goes; standard output when absent. */
  logTo?: DestinationStream;
  /** For tests. */
  timings?: Partial<Timings>;
};

export type RunningServer = {
  /** Where a browser on this machine finds it. */
  url: string;
  port: number;
  version: string;
  engine: "postgres" | "pglite";
  /** One sentence: what the database survives. */
  durability: string;
  /** Settles if the server can do nothing more until it is started anew. Stopping it is the caller's affair. */
  broken: Promise<void>;
  /** Lets everyone finish, then closes everything. Resolves within 30 seconds; further calls wait for the first. */
  stop(): Promise<void>;
};

/**
 * Starts one whole server in this process: database, secrets, HTTP, WebSocket. Leaves nothing open where it throws.
 * @throws DatabaseError, StartError
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const logger = createLogger(config.logLevel, options.logTo);
  await makeDataDir(config.dataDir);
  let reportBroken = () => {};
  const broken = new Promise<void>((resolve) => {
    reportBroken = resolve;
  });
  const database = await openDatabase(
    config.databaseUrl === null ? { dataDir: config.dataDir } : { databaseUrl: config.databaseUrl },
    {
      onError: (error) => logger.error({ error: describeError(error) }, "database connection failed"),
      onFatal(error) {
        const cause =
          error instanceof Error && error.cause !== undefined ? describeError(error.cause) : undefined;
        logger.fatal({ error: describeError(error), cause }, "database gone");
        reportBroken();
      },
    },
  );
  const httpServer = createServer({ requestTimeout: 60_000, maxHeaderSize: 16 * 1024 });
  answerBrokenRequests(httpServer);
  httpServer.timeout = options.timings?.httpStallMs ?? defaultTimings.httpStallMs;
  try {
    const secrets = await loadSecrets(config, database.db);
    const port = await listen(httpServer, config.host, config.port);
    const app = createApp({ config, logger, database, secrets, port, timings: options.timings ?? {} });
    const sockets = serveSockets(app, httpServer);
    const stopMaintenance = startMaintenance(app, database.keepSnapshots);
    const { engine, durability } = database;
    let stopping: Promise<void> | null = null;

    const webApp = serveWebApp(options.webRoot ?? builtWebApp);
    const isStopping = () => stopping !== null;
    httpServer.on("request", createRequestHandler(app, webApp, { version, engine, durability }, isStopping));

    const stop = async () => {
      logger.info("stopping");
      sockets.refuseNew();
      const maintained = stopMaintenance();
      const closed = new Promise((resolve) => httpServer.close(resolve));
      httpServer.closeIdleConnections();
      await sockets.drain(drainMs);
      const cut = setTimeout(() => httpServer.closeAllConnections(), httpGraceMs);
      await closed;
      clearTimeout(cut);
      await app.writes.close();
      await app.notifier.close();
      await maintained;
      await database.close();
      logger.info("stopped");
    };
    return {
      url: addressUrl(config.host, port),
      port,
      version,
      engine,
      durability,
      broken,
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    httpServer.close();
    await database.close();
    throw error;
  }
}

async function makeDataDir(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw new StartError("secrets-unusable", `DATA_DIR ${path} can't be made (${code}). Choose another one.`);
  }
}
