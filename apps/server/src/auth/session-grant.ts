import { randomUUID } from "node:crypto";
import { createSession } from "@sotto/db";
import type { SessionGrant, WireUser } from "@sotto/protocol";
import type { App } from "../app.ts";
import type { HttpExchange } from "../http/http-exchange.ts";
import { createToken, hashToken } from "../lib/one-use-token.ts";
import { setRefreshCookie } from "./refresh-cookie.ts";

/**
 * The one place where a session begins: a row, a refresh token in a cookie, an access token in the answer. Null where
 * `registrationRecord`, on which it is founded, is not the account's any more.
 */
export async function beginSession(
  app: App,
  exchange: HttpExchange,
  { user, registrationRecord, device }: { user: WireUser; registrationRecord: string; device: string },
): Promise<SessionGrant | null> {
  const sessionId = randomUUID();
  const refreshToken = createToken();
  const begun = await createSession(app.db, {
    id: sessionId,
    userId: user.id,
    registrationRecord,
    device,
    refreshHash: hashToken(refreshToken),
    idleMs: app.timings.idleMs,
  });
  if (!begun) return null;
  setRefreshCookie(app, exchange, refreshToken);
  app.logger.info({ sessionId, userId: user.id }, "session begun");
  return sessionGrant(app, user, sessionId);
}

export function sessionGrant(app: App, user: WireUser, sessionId: string): SessionGrant {
  return {
    user,
    sessionId,
    accessToken: app.accessTokens.createAccessToken({ userId: user.id, sessionId }),
    expiresInMs: app.timings.accessMs,
  };
}
