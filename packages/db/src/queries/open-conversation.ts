import type { WireConversation } from "@sotto/protocol";
import type { Db, Trx } from "../db.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents, type FeedRun } from "./append-events.ts";
import { holdBlock } from "./blocks.ts";
import { selectConversations } from "./conversations.ts";

/**
 * Finds or makes the conversation of two people under the id that belongs to the pair. The primary key decides
 * between two calls at once: the later one waits for the earlier one and finds its conversation. A peer who has
 * blocked the user does not hear of a new conversation until that block ends or they open it themselves.
 */
export async function openDirectConversation(
  db: Db,
  { id, userId, peerId }: { id: string; userId: string; peerId: string },
): Promise<{ conversation: WireConversation; created: boolean; runs: FeedRun[] }> {
  if (userId === peerId) throw new Error("A direct conversation has two different members.");
  return inTransaction(db, async (trx) => {
    const inserted = await trx
      .insertInto("conversations")
      .values({ id, kind: "direct" })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    const told = inserted ? await addMembers(trx, { id, userId, peerId }) : await reveal(trx, { id, userId });
    const [conversation] = await selectConversations(trx, [{ id, userId }]);
    if (!conversation) throw new Error(`The conversation ${id} was deleted while it was opened.`);
    const event = { kind: "conversation", conversation } as const;
    const runs = await appendEvents(
      trx,
      told.map((memberId) => ({ userId: memberId, event })),
    );
    return { conversation, created: inserted !== undefined, runs };
  });
}

/** Returns who is to hear of the new conversation. */
async function addMembers(
  trx: Trx,
  { id, userId, peerId }: { id: string; userId: string; peerId: string },
): Promise<string[]> {
  const withheld = await holdBlock(trx, { blockerId: peerId, blockedId: userId });
  await trx
    .insertInto("conversation_members")
    .values([
      { conversation_id: id, user_id: userId },
      { conversation_id: id, user_id: peerId, withheld },
    ])
    .execute();
  return withheld ? [userId] : [userId, peerId];
}

/** The same for one that was there, and withheld from the user until now. */
async function reveal(trx: Trx, { id, userId }: { id: string; userId: string }): Promise<string[]> {
  const revealed = await trx
    .updateTable("conversation_members")
    .set({ withheld: false })
    .where("conversation_id", "=", id)
    .where("user_id", "=", userId)
    .where("withheld", "=", true)
    .returning("user_id")
    .execute();
  return revealed.map(({ user_id: revealedTo }) => revealedTo);
}
