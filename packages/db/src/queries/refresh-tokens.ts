/**
 * Rotation with reuse detection (RFC 9700, section 4.14.2). A refresh token is exchanged once; whoever presents
 * a retired one later shows that two hold a copy, and the family ends for both. Two tabs of one browser may
 * present the same token at the same moment: for `graceMs` after its retirement it still gets a successor.
 *
 * An answer can be lost, and then its caller has only the retired token. So a caller names its attempt, a secret of
 * its own, and the same token with the same attempt is answered again, however late, until one of the successors that
 * this attempt was given has been used. The server knows only their hashes, so each answer brings another one. The
 * first that is used retires the others: who comes with one of those then has a copy.
 *
 * The session row is locked first. All exchanges of a family, and its end, happen one after the other.
 */
import type { WireUser } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import { inMs, now } from "../expressions.ts";
import { inTransaction } from "../transaction.ts";

export type Rotation =
  | { outcome: "rotated"; sessionId: string; user: WireUser }
  /** The session has been ended. */
  | { outcome: "reused"; sessionId: string }
  | { outcome: "unknown" }
  /** Nothing was changed. */
  | { outcome: "unwanted" };

/**
 * The grace is compared with the moment of the call: how long it then waits for the database is not the caller's doing.
 * @param isWanted asked at the last moment: a token that nobody waits for any more would be one that nobody has, and
 *   the old one that comes again after its grace would look copied
 * @param rotation.attemptHash SHA-256 of the caller's attempt; null where it names none
 */
export async function rotateRefreshToken(
  db: Db,
  rotation: {
    hash: string;
    nextHash: string;
    attemptHash: string | null;
    idleMs: number;
    graceMs: number;
  },
  isWanted: () => boolean = () => true,
): Promise<Rotation> {
  const { hash, nextHash, attemptHash, idleMs, graceMs } = rotation;
  const calledAtMs = performance.now();
  return inTransaction(db, async (trx): Promise<Rotation> => {
    const found = await trx
      .selectFrom("refresh_tokens")
      .select("session_id as sessionId")
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (!found) return { outcome: "unknown" };
    const { sessionId } = found;

    const session = await trx
      .selectFrom("sessions")
      .select("user_id as userId")
      .where("id", "=", sessionId)
      .where("expires_at", ">", now)
      .forUpdate()
      .executeTakeFirst();
    if (!session) return { outcome: "unknown" };

    if (!isWanted()) return { outcome: "unwanted" };
    // Read only now: what was true before the lock may not be any more.
    const forgivenMs = graceMs + (performance.now() - calledAtMs);
    const token = await trx
      .selectFrom("refresh_tokens")
      .select([
        sql<boolean>`retired_at is null`.as("current"),
        sql<boolean>`coalesce(retired_at + ${forgivenMs}::float8 * interval '1 millisecond' > clock_timestamp(), false)`.as(
          "inGrace",
        ),
        "made_from as madeFrom",
        "attempt_hash as attemptHash",
      ])
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (!token) return { outcome: "unknown" };

    if (!token.current && !token.inGrace && !(await isUnheard(trx, hash, attemptHash))) {
      await trx.deleteFrom("sessions").where("id", "=", sessionId).execute();
      return { outcome: "reused", sessionId };
    }
    if (token.current) {
      await trx.updateTable("refresh_tokens").set({ retired_at: now }).where("hash", "=", hash).execute();
      if (token.madeFrom !== null) await retireOthers(trx, token.madeFrom, token.attemptHash);
    }
    const origin = attemptHash === null ? {} : { made_from: hash, attempt_hash: attemptHash };
    await trx
      .insertInto("refresh_tokens")
      .values({ hash: nextHash, session_id: sessionId, ...origin })
      .execute();
    await trx
      .updateTable("sessions")
      .set({ last_used_at: now, expires_at: inMs(idleMs) })
      .where("id", "=", sessionId)
      .execute();
    const user = await trx
      .selectFrom("users")
      .select(["id", "username", "public_key as publicKey"])
      .where("id", "=", session.userId)
      .executeTakeFirstOrThrow();
    return { outcome: "rotated", sessionId, user };
  });
}

/** Whether this attempt was answered with successors of the token of which none was ever used. */
async function isUnheard(trx: Db, hash: string, attemptHash: string | null): Promise<boolean> {
  if (attemptHash === null) return false;
  const { given, used } = await trx
    .selectFrom("refresh_tokens")
    .select([sql<boolean>`count(*) > 0`.as("given"), sql<boolean>`count(retired_at) > 0`.as("used")])
    .where("made_from", "=", hash)
    .where("attempt_hash", "=", attemptHash)
    .executeTakeFirstOrThrow();
  return given && !used;
}

async function retireOthers(trx: Db, madeFrom: string, attemptHash: string | null): Promise<void> {
  await trx
    .updateTable("refresh_tokens")
    .set({ retired_at: now })
    .where("made_from", "=", madeFrom)
    .where("attempt_hash", "=", attemptHash)
    .where("retired_at", "is", null)
    .execute();
}
