import { endOtherSessions, endSession, isSessionLive, listSessions, rotateRefreshToken } from "@sotto/db";
import type { SessionGrant, SessionInfo } from "@sotto/protocol";
import type { App } from "../app.ts";
import { clearRefreshCookie, findRefreshToken, setRefreshCookie } from "../auth/refresh-cookie.ts";
import type { Session } from "../auth/session.ts";
import { sessionGrant } from "../auth/session-grant.ts";
import type { HttpExchange } from "../http/http-exchange.ts";
import { createToken, hashToken } from "../lib/one-use-token.ts";
import { notSignedIn, RequestError, sessionEnded } from "../lib/request-error.ts";
import type { LiveSocket } from "../socket/live-socket.ts";

/**
 * Each refresh token is used once. One that comes back after its grace was copied: nobody can tell the owner from the
 * thief then, so the whole family ends and both sign in again. A caller that gave up waiting, as all do when a whole
 * town comes back at once, has its token left as it is; one whose answer got lost asks again with the same `attempt`.
 */
export async function refreshSession(
  app: App,
  address: string,
  exchange: HttpExchange,
  attempt?: string,
): Promise<SessionGrant> {
  await app.rateLimits.take("refresh", address);
  const token = findRefreshToken(app, exchange);
  if (token === null) throw notSignedIn();
  const nextToken = createToken();
  const isWanted = () => !exchange.req.socket.destroyed;
  const rotation = await rotate(app, { token, nextToken, attempt }, isWanted);
  if (rotation.outcome === "rotated") {
    setRefreshCookie(app, exchange, nextToken);
    return sessionGrant(app, rotation.user, rotation.sessionId);
  }
  if (rotation.outcome === "unwanted") throw new RequestError("unavailable", "The caller has gone.");
  clearRefreshCookie(app, exchange);
  throw sessionEnded();
}

async function rotate(
  app: App,
  { token, nextToken, attempt }: { token: string; nextToken: string; attempt?: string | undefined },
  isWanted?: () => boolean,
) {
  const { idleMs, refreshGraceMs: graceMs } = app.timings;
  const hashes = {
    hash: hashToken(token),
    nextHash: hashToken(nextToken),
    attemptHash: attempt === undefined ? null : hashToken(attempt),
  };
  const rotation = await rotateRefreshToken(app.db, { ...hashes, idleMs, graceMs }, isWanted);
  if (rotation.outcome === "reused") {
    app.notifier.revoke([rotation.sessionId]);
    app.logger.warn({ sessionId: rotation.sessionId }, "refresh token reused: session ended");
  }
  return rotation;
}

/** A cookie is proof enough to end its own session: rotating it says which one that is. */
export async function signOut(app: App, session: Session | null, exchange: HttpExchange): Promise<void> {
  const token = findRefreshToken(app, exchange);
  clearRefreshCookie(app, exchange);
  if (session) await end(app, session);
  if (token === null) return;
  const rotation = await rotate(app, { token, nextToken: createToken() });
  if (rotation.outcome === "rotated") {
    await end(app, { userId: rotation.user.id, sessionId: rotation.sessionId });
  }
}

export async function listOwnSessions(app: App, session: Session): Promise<SessionInfo[]> {
  const rows = await listSessions(app.db, session.userId);
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    current: row.id === session.sessionId,
  }));
}

export async function endOwnSession(app: App, session: Session, sessionId: string): Promise<void> {
  const ended = await end(app, { userId: session.userId, sessionId });
  if (!ended) throw new RequestError("unknown-session", "There is no such session, or it has ended already.");
}

export async function endOwnOtherSessions(app: App, session: Session): Promise<{ endedSessions: number }> {
  const ended = await endOtherSessions(app.db, session);
  app.notifier.revoke(ended);
  app.logger.info({ userId: session.userId, endedSessions: ended.length }, "other sessions ended");
  return { endedSessions: ended.length };
}

async function end(app: App, session: Session): Promise<boolean> {
  const ended = await endSession(app.db, session);
  if (ended) {
    app.notifier.revoke([session.sessionId]);
    app.logger.info({ sessionId: session.sessionId, userId: session.userId }, "session ended");
  }
  return ended;
}

export function createTicket(app: App, session: Session): { token: string; expiresInMs: number } {
  return { token: app.accessTokens.createTicket(session), expiresInMs: app.timings.ticketMs };
}

export async function extendSocket(
  app: App,
  session: Session,
  socket: LiveSocket | null,
  accessToken: string,
): Promise<{ expiresInMs: number }> {
  if (!socket) throw new RequestError("socket-only", "auth.extend prolongs a WebSocket: call it on one.");
  const shown = app.accessTokens.findAccessSession(accessToken);
  if (shown?.sessionId !== session.sessionId || shown.userId !== session.userId) {
    throw new RequestError("not-signed-in", "This access token is not a valid one of this session.");
  }
  if (!(await isSessionLive(app.db, session))) throw sessionEnded();
  socket.extend(app.timings.accessMs);
  return { expiresInMs: app.timings.accessMs };
}
