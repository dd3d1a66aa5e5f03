import { limits, type ConversationPage, type WireConversation } from "@sotto/protocol";
import { sql, type RawBuilder } from "kysely";
import type { Db, Trx } from "../db.ts";
import { wireTime } from "../expressions.ts";
import { isBlockedEitherWay, isFromUnblocked } from "./blocks.ts";
import { isTheirs } from "./message-columns.ts";
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

/** Each as it is to the user who asks for it, in their order; undefined where it does not exist. */
export async function selectConversations(
  db: Db | Trx,
  asked: readonly { id: string; userId: string }[],
): Promise<(WireConversation | undefined)[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<{ position: number; conversation: WireConversation }>`
    select asked.position, to_jsonb(found) as conversation
    from unnest(${asked.map(({ id }) => id)}::uuid[], ${asked.map(({ userId }) => userId)}::uuid[])
      with ordinality as asked(id, user_id, position)
    cross join lateral (
      select ${conversationColumns}
      from (
        select c.id, c.kind, c.created_at, ${lastMessageAt(sql`asked.user_id`)} as last_message_at
        from conversations c
        where c.id = asked.id
        limit 1
      ) c
    ) found`.execute(db);
  const conversations = new Map(rows.map(({ position, conversation }) => [position - 1, conversation]));
  return asked.map((_, index) => conversations.get(index));
}

/**
 * The others in the conversation to whom the user's signals go: not to those whom the user has blocked, nor to those
 * who have blocked the user. Null where the user is not in it or it does not exist.
 */
export async function findSignalPeers(
  db: Db,
  { conversationId, userId }: { conversationId: string; userId: string },
): Promise<string[] | null> {
  const { rows: members } = await sql<{ userId: string; blocked: boolean }>`
    select m.user_id as "userId", ${isBlockedEitherWay(sql`m.user_id`, userId)} as blocked
    from conversation_members m
    where m.conversation_id = ${conversationId}
    order by m.user_id`.execute(db);
  if (!members.some((member) => member.userId === userId)) return null;
  return members
    .filter((member) => member.userId !== userId && !member.blocked)
    .map((member) => member.userId);
}

/**
 * To whom the user's presence may go: people whom the user has written to, and where neither has blocked the other.
 * With `to`, that one or nobody.
 */
export async function listPresencePeers(
  db: Db,
  { userId, to = null }: { userId: string; to?: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select distinct peer.user_id as "userId"
    from conversation_members m
    join conversation_members peer on peer.conversation_id = m.conversation_id and peer.user_id <> m.user_id
    where m.user_id = ${userId} and (${to}::uuid is null or peer.user_id = ${to}::uuid)
      and exists (
        select from messages s where s.sender_id = ${userId} and s.recipient_id = peer.user_id
      )
      and not ${isBlockedEitherWay(sql`peer.user_id`, userId)}`.execute(db);
  return rows.map((row) => row.userId);
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
      select c.id, c.kind, c.created_at, m.read_until, ${lastMessageAt(userId)} as last_message_at
      from conversation_members m join conversations c on c.id = m.conversation_id
      where m.user_id = ${userId} and not m.withheld
    ), placed as (
      select *, coalesce(last_message_at, '-infinity') as position from mine
    ), page as (
      select * from placed
      where coalesce(
        (position, id) < (select position, id from placed where id = ${after ?? null}::uuid),
        true
      )
      order by position desc, id desc
      limit ${limit + 1}
    )
    select ${conversationColumns}, unread.count as "unreadCount"
    from page c cross join lateral (
      select count(*) as count from messages m
      where m.recipient_id = ${userId} and m.conversation_id = c.id and m.created_at > c.read_until
        and m.read_at is null and not m.withheld and ${isFromUnblocked}
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

/** Of the last message in `conversations c` that the user sent or was given. */
function lastMessageAt(userId: string | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    case
      when exists (
        select from messages m where m.recipient_id = ${userId} and m.conversation_id = c.id and m.withheld
      ) then (
        select max(m.created_at) from messages m where m.conversation_id = c.id and ${isTheirs(userId)}
      )
      else c.last_message_at
    end`;
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
