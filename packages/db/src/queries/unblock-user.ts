import { sql } from "kysely";
import type { Db } from "../db.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents, type FeedRun } from "./append-events.ts";
import type { Block } from "./blocks.ts";
import { selectConversations } from "./conversations.ts";

/**
 * What was withheld stays withheld; what is sent from now on arrives. A conversation that the blocked person began
 * meanwhile comes into the feed, so that its messages have a place.
 */
export async function unblockUser(db: Db, { blockerId, blockedId }: Block): Promise<FeedRun[]> {
  return inTransaction(db, async (trx) => {
    await trx
      .deleteFrom("user_blocks")
      .where("blocker_id", "=", blockerId)
      .where("blocked_id", "=", blockedId)
      .execute();
    const { rows } = await sql<{ conversationId: string }>`
      update conversation_members m set withheld = false
      where m.user_id = ${blockerId} and m.withheld and exists (
        select from conversation_members other
        where other.conversation_id = m.conversation_id and other.user_id = ${blockedId}
      )
      returning m.conversation_id as "conversationId"`.execute(trx);
    const conversations = await selectConversations(
      trx,
      rows.map(({ conversationId }) => ({ id: conversationId, userId: blockerId })),
    );
    return appendEvents(
      trx,
      conversations.flatMap((conversation) =>
        conversation ? [{ userId: blockerId, event: { kind: "conversation", conversation } }] : [],
      ),
    );
  });
}
