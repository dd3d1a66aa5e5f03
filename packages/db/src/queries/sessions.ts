import { sql } from "kysely";
import type { Db } from "../db.ts";
import { inMs, now, wireTime } from "../expressions.ts";
import { inTransaction } from "../transaction.ts";

export type Session = { id: string; device: string; createdAt: string; lastUsedAt: string };

/**
 * Begins a session for whoever proved to know the password of `registrationRecord`. False where the account has
 * another password by now: the row is locked, so a change comes either before, and nothing begins, or after, and
 * ends this session with the others. `refreshHash` is the SHA-256 of the first refresh token.
 */
export async function createSession(
  db: Db,
  session: {
    id: string;
    userId: string;
    registrationRecord: string;
    device: string;
    refreshHash: string;
    idleMs: number;
  },
): Promise<boolean> {
  const { id, userId, registrationRecord, device, refreshHash, idleMs } = session;
  return inTransaction(db, async (trx) => {
    const credentials = await trx
      .selectFrom("credentials")
      .select("user_id")
      .where("user_id", "=", userId)
      .where("registration_record", "=", registrationRecord)
      .forShare()
      .executeTakeFirst();
    if (!credentials) return false;
    await trx
      .insertInto("sessions")
      .values({ id, user_id: userId, device, expires_at: inMs(idleMs) })
      .execute();
    await trx.insertInto("refresh_tokens").values({ hash: refreshHash, session_id: id }).execute();
    return true;
  });
}

export async function isSessionLive(
  db: Db,
  { sessionId, userId }: { sessionId: string; userId: string },
): Promise<boolean> {
  const session = await db
    .selectFrom("sessions")
    .select("id")
    .where("id", "=", sessionId)
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return session !== undefined;
}

/** Which of these have ended. */
export async function listEndedSessions(db: Db, sessionIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asked.id from unnest(${sessionIds}::uuid[]) as asked(id)
    where not exists (select from sessions s where s.id = asked.id and s.expires_at > clock_timestamp())`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Live sessions, the last used one first. */
export async function listSessions(db: Db, userId: string): Promise<Session[]> {
  return db
    .selectFrom("sessions")
    .select([
      "id",
      "device",
      wireTime("created_at").as("createdAt"),
      wireTime("last_used_at").as("lastUsedAt"),
    ])
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .orderBy("last_used_at", "desc")
    .orderBy("id")
    .execute();
}

/** Ends all of a person's sessions but one, and gives their ids. */
export async function endOtherSessions(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<string[]> {
  const ended = await db
    .deleteFrom("sessions")
    .where("user_id", "=", userId)
    .where("id", "<>", sessionId)
    .returning("id")
    .execute();
  return ended.map(({ id }) => id);
}

/** True where the session was live. */
export async function endSession(
  db: Db,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<boolean> {
  const ended = await db
    .deleteFrom("sessions")
    .where("id", "=", sessionId)
    .where("user_id", "=", userId)
    .returning(sql<boolean>`expires_at > clock_timestamp()`.as("live"))
    .executeTakeFirst();
  return ended?.live ?? false;
}
