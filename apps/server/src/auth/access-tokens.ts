import { createSecretKey, randomUUID } from "node:crypto";
import jwt from "jsonwebtoken";
import * as z from "zod/mini";
import type { Session } from "./session.ts";

const algorithm = "HS256";
const issuer = "sotto";
const audiences = { access: "sotto/access", socket: "sotto/socket" } as const;

const accessClaims = z.object({ sub: z.uuid(), sid: z.uuid() });
const socketClaims = z.object({ sub: z.uuid(), sid: z.uuid(), jti: z.uuid() });

export type AccessTokens = {
  createAccessToken(session: Session): string;
  /** For one WebSocket connection. */
  createTicket(session: Session): string;
  /** Null where the token is not one of ours, has run out or is meant for something else. */
  findAccessSession(token: string): Session | null;
  /** Whether the ticket was used before is the database's to say, by `ticketId`. */
  findTicket(token: string): { session: Session; ticketId: string } | null;
};

/**
 * JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256. Algorithm, issuer and audience are pinned when verifying, so
 * that a token of one kind is never taken for another. The secret becomes a KeyObject once: with a string, verifying
 * costs fifty times as much.
 */
export function createAccessTokens(
  secret: string,
  lifetimes: { accessMs: number; ticketMs: number },
): AccessTokens {
  const key = createSecretKey(Buffer.from(secret, "utf8"));

  function sign(session: Session, audience: string, lifetimeMs: number): string {
    return jwt.sign({ sid: session.sessionId }, key, {
      algorithm,
      issuer,
      audience,
      subject: session.userId,
      jwtid: randomUUID(),
      expiresIn: Math.max(1, Math.round(lifetimeMs / 1_000)),
    });
  }

  function verify(token: string, audience: string): unknown {
    try {
      return jwt.verify(token, key, { algorithms: [algorithm], issuer, audience });
    } catch {
      return null;
    }
  }

  return {
    createAccessToken: (session) => sign(session, audiences.access, lifetimes.accessMs),
    createTicket: (session) => sign(session, audiences.socket, lifetimes.ticketMs),
    findAccessSession(token) {
      const claims = accessClaims.safeParse(verify(token, audiences.access));
      return claims.success ? { userId: claims.data.sub, sessionId: claims.data.sid } : null;
    },
    findTicket(token) {
      const claims = socketClaims.safeParse(verify(token, audiences.socket));
      if (!claims.success) return null;
      const { sub, sid, jti } = claims.data;
      return { session: { userId: sub, sessionId: sid }, ticketId: jti };
    },
  };
}
