import { limits, type ConversationPage, type WireConversation } from "@sotto/protocol";
import { sql } from "kysely";
import type { Db, Trx } from "../db.ts";
import { wireTime } from "../expressions.ts";
import { inTransaction } from "../transaction.ts";
import { appendEvents } from "./append-events.ts";
import { selectPage, toPage, type PageRow } from "./message-page.ts";

const conversationColumns = sql`
  c.id,
  c.kind,
  ${wireTime("c.created_at")} as "createdAt",
  ${wireTime("c.last_message_at")} as "lastMessageAt",
  (
    select jsonb_agg(
      jsonb_build_object('id', u.id, 'username', u.username, 'publicKey', u.public_key) order by u.id
    )
    from conversation_members m join users u on u.id = m.user_id
    where m.conversation_id = c.id
  ) as members`;

export async function selectConversations(
  db: Db | Trx,
  ids: readonly string[],
): Promise<Map<string, WireConversation>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<WireConversation>`
    select ${conversationColumns} from conversations c where c.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((conversation) => [conversation.id, conversation]));
}

/**
 * Finds or makes the conversation of two people under the id that belongs to the pair. The primary key decides
 * between two calls at once: the later one waits for the earlier one and finds its conversation.
 */
export async function openDirectConversation(
  db: Db,
  { id, userIds }: { id: string; userIds: readonly [string, string] },
): Promise<{ conversation: WireConversation; created: boolean; wake: string[] }> {
  if (userIds[0] === userIds[1]) throw new Error("A direct conversation has two different members.");
  return inTransaction(db, async (trx) => {
    const inserted = await trx
      .insertInto("conversations")
      .values({ id, kind: "direct" })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    let wake: string[] = [];
    if (inserted) {
      await trx
        .insertInto("conversation_members")
        .values(userIds.map((userId) => ({ conversation_id: id, user_id: userId })))
        .execute();
      wake = await appendEvents(
        trx,
        userIds.map((userId) => ({ userId, kind: "conversation", conversationId: id })),
      );
    }
    const conversation = (await selectConversations(trx, [id])).get(id);
    if (!conversation) throw new Error(`The conversation ${id} was deleted while it was opened.`);
    return { conversation, created: inserted !== undefined, wake };
  });
}

/** Everyone in the conversation, ordered by id; null where the user is not in it or it does not exist. */
export async function findMemberIds(
  db: Db,
  { conversationId, userId }: { conversationId: string; userId: string },
): Promise<string[] | null> {
  const members = await db
    .selectFrom("conversation_members")
    .select("user_id as userId")
    .where("conversation_id", "=", conversationId)
    .orderBy("user_id")
    .execute();
  const memberIds = members.map((member) => member.userId);
  return memberIds.includes(userId) ? memberIds : null;
}

/**
 * Conversations of the user by their last message, newest first, those without one last. A page begins after the
 * conversation `after`, and at the top where that is none of the user's: a conversation may come twice when it
 * moved between two pages, but none is left out for good. With each come its newest messages, at most `newest` of
 * them and at most `newestMaxBytes` of content in characters of base64, but at least one.
 */
export async function listConversations(
  db: Db,
  list: { userId: string; after?: string; limit: number; newest: number; newestMaxBytes?: number },
): Promise<ConversationPage> {
  const { userId, after, limit, newest, newestMaxBytes = limits.newestMaxBytes } = list;
  const { rows } = await sql<WireConversation & { unreadCount: number }>`
    with mine as (
      select c.*, coalesce(c.last_message_at, '-infinity') as position
      from conversation_members m join conversations c on c.id = m.conversation_id
      where m.user_id = ${userId}
    ), page as (
      select * from mine
      where coalesce(
        (position, id) < (select position, id from mine where id = ${after ?? null}::uuid),
        true
      )
      order by position desc, id desc
      limit ${limit + 1}
    )
    select ${conversationColumns}, unread.count as "unreadCount"
    from page c cross join lateral (
      select count(*) as count from messages m
      where m.recipient_id = ${userId} and m.conversation_id = c.id and m.read_at is null
    ) unread
    order by c.position desc, c.id desc`.execute(db);

  const page = rows.slice(0, limit);
  const messages = await selectNewest(db, {
    userId,
    conversationIds: page.map(({ id }) => id),
    limit: newest,
    maxBytes: newestMaxBytes,
  });
  return {
    conversations: page.map(({ unreadCount, ...conversation }) => {
      const own = toPage(messages.filter((message) => message.conversationId === conversation.id));
      return { conversation, unreadCount, newest: own.messages, older: own.older };
    }),
    more: rows.length > limit,
  };
}

async function selectNewest(
  db: Db,
  page: { userId: string; conversationIds: string[]; limit: number; maxBytes: number },
): Promise<PageRow[]> {
  const { conversationIds, ...bounds } = page;
  if (conversationIds.length === 0) return [];
  const { rows } = await sql<PageRow>`
    select newest.*
    from unnest(${conversationIds}::uuid[]) with ordinality as c(id, position)
    cross join lateral (${selectPage({ ...bounds, conversationId: sql`c.id` })}) newest
    order by c.position, newest.number`.execute(db);
  return rows;
}
