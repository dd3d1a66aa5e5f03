/**
 * Deleting an account. What is the person's alone goes: credentials, the sealed key, sessions, account data, blocks,
 * the feed. What others need to read what they were sent or have sent stays: the messages, which are ciphertext, the
 * conversations, and the row of the person with its id and public key, under a name that says nothing. The old name is
 * given to nobody else: those who knew this person by it would take that one for them.
 *
 * Whoever goes on writing to them is as one they have blocked: it is stored for the sender, and no feed takes it.
 */
import { randomBytes } from "node:crypto";
import { deletedNamePrefix } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db, Trx } from "../db.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents, type FeedRun, type NewEvent } from "./append-events.ts";
import { selectConversations } from "./conversations.ts";
import { retireName } from "./retired-names.ts";

const nameBytes = 8;

/** Null, and nothing is done, where the password that was proved is not the account's any more. */
export async function deleteAccount(
  db: Db,
  { userId, provedRecord }: { userId: string; provedRecord: string },
): Promise<{ endedSessionIds: string[]; runs: FeedRun[] } | null> {
  return inTransaction(db, async (trx) => {
    const deleted = await trx
      .deleteFrom("credentials")
      .where("user_id", "=", userId)
      .where("registration_record", "=", provedRecord)
      .returning("user_id")
      .executeTakeFirst();
    if (!deleted) return null;
    const { rows: conversations } = await sql<{ id: string; peerId: string }>`
      select c.id, peer.user_id as "peerId"
      from conversation_members own
      join conversations c on c.id = own.conversation_id
      join conversation_members peer on peer.conversation_id = c.id and peer.user_id <> own.user_id
      where own.user_id = ${userId} and not peer.withheld
      order by c.id
      for update of c`.execute(trx);

    await trx.deleteFrom("user_blocks").where("blocker_id", "=", userId).execute();
    await sql`
      insert into user_blocks (blocker_id, blocked_id)
      select distinct ${userId}::uuid, peer.user_id
      from conversation_members own
      join conversation_members peer on peer.conversation_id = own.conversation_id and peer.user_id <> own.user_id
      where own.user_id = ${userId}
      on conflict do nothing`.execute(trx);

    const { username } = await trx
      .selectFrom("users")
      .select("username")
      .where("id", "=", userId)
      .executeTakeFirstOrThrow();
    await retireName(trx, username);
    const nameless = `${deletedNamePrefix}${randomBytes(nameBytes).toString("hex")}`;
    await trx.updateTable("users").set({ username: nameless }).where("id", "=", userId).execute();
    const runs = await appendEvents(trx, await tellPeers(trx, conversations));
    const ended = await trx.deleteFrom("sessions").where("user_id", "=", userId).returning("id").execute();
    await trx.deleteFrom("challenges").where("user_id", "=", userId).execute();
    await trx.deleteFrom("account_data").where("user_id", "=", userId).execute();
    await trx.deleteFrom("feed_events").where("user_id", "=", userId).execute();
    return { endedSessionIds: ended.map(({ id }) => id), runs };
  });
}

/** The conversations once more, with the name that says nothing. */
async function tellPeers(trx: Trx, shared: readonly { id: string; peerId: string }[]): Promise<NewEvent[]> {
  const asked = shared.map(({ id, peerId }) => ({ id, userId: peerId }));
  const conversations = await selectConversations(trx, asked);
  return asked.flatMap(({ userId }, index): NewEvent[] => {
    const conversation = conversations[index];
    return conversation ? [{ userId, event: { kind: "conversation", conversation } }] : [];
  });
}
