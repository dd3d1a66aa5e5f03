import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { limits } from "@sotto/protocol";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import type { Context } from "../context.ts";
import { addressOf } from "../http/address.ts";
import { logUnexpected } from "../http/trpc-endpoint.ts";
import { exceedsSocket, refusalOf } from "../error-shape.ts";
import { RequestError } from "../lib/request-error.ts";
import { describeError } from "../lib/logger.ts";
import type { RevokedBy } from "../lib/notifier.ts";
import { appRouter } from "../router.ts";
import { drainSockets } from "./drain.ts";
import { holdReadingWhileFull } from "./back-pressure.ts";
import { FrameRates } from "./frame-rate.ts";
import { LiveSocket } from "./live-socket.ts";
import { watchSessions } from "./session-watch.ts";
import { createSocketRegistry } from "./socket-registry.ts";
import type { UpgradeRefusal } from "./upgrade.ts";
import { checkUpgrade, refuseUpgrade } from "./upgrade.ts";

export type SocketServer = {
  /** From now on no connection becomes a WebSocket. */
  refuseNew(): void;
  /** Tells everyone to come back later, gives what is on its way time to arrive, closes. */
  drain(timeoutMs: number): Promise<void>;
};

/** tRPC over WebSocket at `/api/ws`. A context belongs to a socket, so the gate is the upgrade and nothing after it. */
export function serveSockets(app: App, httpServer: Server): SocketServer {
  const registry = createSocketRegistry(app);
  const watch = watchSessions(app, registry);
  const frameRates = new FrameRates();
  const contexts = new WeakMap<IncomingMessage, Context>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameMaxBytes,
    perMessageDeflate: false,
  });
  let refusing = false;

  applyWSSHandler({
    wss: server,
    router: appRouter,
    keepAlive: { enabled: true, pingMs: app.timings.pingMs, pongWaitMs: app.timings.pongMs },
    maxBatchSize: limits.batchMaxCalls,
    createContext({ req }) {
      const context = contexts.get(req);
      if (!context) throw new Error("A socket came past the upgrade.");
      return context;
    },
    onError: ({ error, path, req }) => {
      if (path !== undefined) logUnexpected(app, error, path);
      if (!exceedsSocket(error)) return;
      const { reason, message } = refusalOf(error);
      contexts.get(req)?.socket?.exceed(new RequestError(reason, message));
    },
  });

  function accept(
    ws: WebSocket,
    req: IncomingMessage,
    session: Session,
    revokedBy: RevokedBy | undefined,
  ): void {
    const socket = new LiveSocket(ws, session, app.timings.accessMs);
    const address = addressOf(req, app.config.trustProxy);
    contexts.set(req, { app, address, session, denial: null, socket, http: null });
    registry.add(socket);
    if (revokedBy !== undefined) watch.revoke([session.sessionId], revokedBy);
    holdReadingWhileFull(ws, socket.gate);
    if (app.config.rateLimits) frameRates.limit(ws, socket.gate, session.userId);
    logLife(app, socket, address);
    server.emit("connection", ws, req);
  }

  /**
   * Listens before it reads, until the socket is in the registry, which listens from then on: a session that ends
   * while it is being checked does not slip through.
   */
  async function upgrade(req: IncomingMessage, stream: Duplex, head: Buffer): Promise<UpgradeRefusal | null> {
    const revoked = new Map<string, RevokedBy>();
    const off = app.notifier.onRevoke((sessionIds, by) => sessionIds.forEach((id) => revoked.set(id, by)));
    try {
      const checked = await checkUpgrade(app, req);
      if ("status" in checked) return checked;
      if (refusing) return { status: 503, message: "The server is restarting." };
      server.handleUpgrade(req, stream, head, (ws) =>
        accept(ws, req, checked, revoked.get(checked.sessionId)),
      );
      return null;
    } finally {
      off();
    }
  }

  httpServer.on("upgrade", (req, stream, head) => {
    stream.on("error", () => stream.destroy());
    upgrade(req, stream, head).then(
      (refusal) => {
        if (!refusal) return;
        app.metrics.upgradesRefused.inc({ status: refusal.status });
        refuseUpgrade(stream, refusal);
      },
      (error: unknown) => {
        app.logger.error({ error: describeError(error) }, "upgrade failed");
        refuseUpgrade(stream, { status: 503, message: "The server can't check the token right now." });
      },
    );
  });

  return {
    refuseNew() {
      refusing = true;
    },
    async drain(timeoutMs) {
      await drainSockets(registry.list(), timeoutMs);
      watch.stop();
    },
  };
}

function logLife(app: App, { ws, session }: LiveSocket, address: string): void {
  const who = { sessionId: session.sessionId, userId: session.userId, address };
  const startedMs = performance.now();
  app.logger.info(who, "connected");
  ws.once("close", (code) => {
    app.logger.info({ ...who, code, durationMs: Math.round(performance.now() - startedMs) }, "disconnected");
  });
}
