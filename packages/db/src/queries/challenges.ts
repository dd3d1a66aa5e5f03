import { sql } from "kysely";
import type { Db } from "../db.ts";
import { inMs } from "../expressions.ts";
import type { ChallengeKind } from "../tables/challenges.ts";

/** `id` is the SHA-256 of the token that goes to the client, so that a copy of the table finishes nothing. */
export async function createChallenge(
  db: Db,
  challenge: { id: string; kind: ChallengeKind; userId: string | null; state: string; ttlMs: number },
): Promise<void> {
  const { id, kind, userId, state, ttlMs } = challenge;
  await db
    .insertInto("challenges")
    .values({ id, kind, user_id: userId, state, expires_at: inMs(ttlMs) })
    .execute();
}

/** Uses the challenge up. Null where it is absent, used, expired or of another kind. */
export async function takeChallenge(
  db: Db,
  { id, kind }: { id: string; kind: ChallengeKind },
): Promise<{ userId: string | null; state: string } | null> {
  const taken = await db
    .deleteFrom("challenges")
    .where("id", "=", id)
    .where("kind", "=", kind)
    .returning(["user_id", "state", sql<boolean>`expires_at > clock_timestamp()`.as("live")])
    .executeTakeFirst();
  return taken?.live ? { userId: taken.user_id, state: taken.state } : null;
}
