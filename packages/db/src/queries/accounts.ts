import type { WireUser } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db } from "../db.ts";
import { inTransaction } from "../transaction.ts";
import { isRetired } from "./retired-names.ts";

export type NewAccount = {
  id: string;
  username: string;
  publicKey: string;
  registrationRecord: string;
  passwordSlot: string;
  recoverySlot: string;
  recoveryProofHash: string;
};

export type Credentials = {
  user: WireUser;
  registrationRecord: string;
  passwordSlot: string;
  recoverySlot: string;
  recoveryProofHash: string;
};

/** Null where the name is or was taken, in whatever case, also by somebody who takes it at the same moment. */
export async function createAccount(db: Db, account: NewAccount): Promise<WireUser | null> {
  const { id, username, publicKey } = account;
  return inTransaction(db, async (trx) => {
    if (await isRetired(trx, username)) return null;
    const inserted = await trx
      .insertInto("users")
      .values({ id, username, public_key: publicKey })
      .onConflict((conflict) => conflict.expression(sql`lower(username)`).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!inserted) return null;
    await trx
      .insertInto("credentials")
      .values({
        user_id: id,
        registration_record: account.registrationRecord,
        password_slot: account.passwordSlot,
        recovery_slot: account.recoverySlot,
        recovery_proof_hash: account.recoveryProofHash,
      })
      .execute();
    await trx.insertInto("feed_counters").values({ user_id: id }).execute();
    return { id, username, publicKey };
  });
}

/** Case makes no difference in the name. */
export async function findCredentials(db: Db, username: string): Promise<Credentials | null> {
  const row = await selectCredentials(db)
    .where(sql<boolean>`lower(username) = ${username.toLowerCase()}`)
    .executeTakeFirst();
  return row ? toCredentials(row) : null;
}

/** Throws where there is no such account. */
export async function getCredentialsOf(db: Db, userId: string): Promise<Credentials> {
  const row = await selectCredentials(db).where("users.id", "=", userId).executeTakeFirst();
  if (!row) throw new Error(`There is no account with the id ${userId}.`);
  return toCredentials(row);
}

/**
 * Gives the account a new password and ends every session but the one to keep. Sign-ins and password changes
 * that began under the old password can no longer be finished. Null, and nothing is done, where the old password or
 * the recovery key that was proved is not the account's any more.
 */
export async function replacePassword(
  db: Db,
  change: {
    userId: string;
    registrationRecord: string;
    passwordSlot: string;
    keepSessionId: string | null;
    proved: { registrationRecord: string } | { recoveryProofHash: string };
  },
): Promise<{ endedSessionIds: string[] } | null> {
  const { userId, registrationRecord, passwordSlot, keepSessionId, proved } = change;
  return inTransaction(db, async (trx) => {
    const old = await trx
      .selectFrom("credentials")
      .select(["registration_record as record", "recovery_proof_hash as proofHash"])
      .where("user_id", "=", userId)
      .forUpdate()
      .executeTakeFirstOrThrow(() => new Error(`There is no account with the id ${userId}.`));
    const stillProved =
      "registrationRecord" in proved
        ? old.record === proved.registrationRecord
        : old.proofHash === proved.recoveryProofHash;
    if (!stillProved) return null;
    await trx
      .updateTable("credentials")
      .set({ registration_record: registrationRecord, password_slot: passwordSlot })
      .where("user_id", "=", userId)
      .execute();
    await trx.deleteFrom("challenges").where("user_id", "=", userId).execute();
    let ending = trx.deleteFrom("sessions").where("user_id", "=", userId);
    if (keepSessionId !== null) ending = ending.where("id", "<>", keepSessionId);
    const ended = await ending.returning("id").execute();
    return { endedSessionIds: ended.map(({ id }) => id) };
  });
}

/**
 * Puts another recovery key in the place of the one before, which opens nothing from then on. False, and nothing is
 * done, where the password that was proved is not the account's any more.
 */
export async function replaceRecoveryKey(
  db: Db,
  change: { userId: string; provedRecord: string; recoverySlot: string; recoveryProofHash: string },
): Promise<boolean> {
  const { userId, provedRecord, recoverySlot, recoveryProofHash } = change;
  return inTransaction(db, async (trx) => {
    const replaced = await trx
      .updateTable("credentials")
      .set({ recovery_slot: recoverySlot, recovery_proof_hash: recoveryProofHash })
      .where("user_id", "=", userId)
      .where("registration_record", "=", provedRecord)
      .returning("user_id")
      .executeTakeFirst();
    if (!replaced) return false;
    // A recovery that began with the old key is not finished.
    await trx.deleteFrom("challenges").where("user_id", "=", userId).execute();
    return true;
  });
}

function selectCredentials(db: Db) {
  return db
    .selectFrom("users")
    .innerJoin("credentials", "credentials.user_id", "users.id")
    .select([
      "users.id",
      "users.username",
      "users.public_key",
      "credentials.registration_record",
      "credentials.password_slot",
      "credentials.recovery_slot",
      "credentials.recovery_proof_hash",
    ]);
}

type CredentialsRow = Awaited<ReturnType<ReturnType<typeof selectCredentials>["executeTakeFirstOrThrow"]>>;

function toCredentials(row: CredentialsRow): Credentials {
  return {
    user: { id: row.id, username: row.username, publicKey: row.public_key },
    registrationRecord: row.registration_record,
    passwordSlot: row.password_slot,
    recoverySlot: row.recovery_slot,
    recoveryProofHash: row.recovery_proof_hash,
  };
}
