/**
 * The newest messages of a conversation, cut by number and by bytes before their content is read: a page of the
 * largest messages would otherwise be tens of megabytes, and many of them at once all the memory there is.
 * `octet_length` of a stored text is known without fetching the text.
 */
import type { WireMessage } from "@sotto/protocol";
import { sql, type RawBuilder } from "kysely";
import { isTheirs, messageColumns, toMessage } from "./message-columns.ts";

export type PageRow = WireMessage & {
  /** Whether there is a message before this one. */
  older: boolean;
};

export type MessagePage = {
  /** Newest first by (created_at, id), one row per message. */
  messages: WireMessage[];
  /** Whether there are messages before those. */
  older: boolean;
};

/**
 * A query for messages to or from the user, at most `limit` of them with at most `maxBytes` of content together,
 * but at least one. `conversationId` and `condition` are expressions; the latter is about `messages m`.
 */
export function selectPage(page: {
  conversationId: RawBuilder<unknown>;
  userId: string;
  condition?: RawBuilder<unknown>;
  limit: number;
  maxBytes: number;
}): RawBuilder<PageRow> {
  const { conversationId, userId, condition = sql`true`, limit, maxBytes } = page;
  return sql<PageRow>`
    select *, number < found as older
    from (
      select
        *,
        row_number() over newest_first as number,
        count(*) over () as found,
        sum(octet_length(content)) over newest_first as bytes
      from (
        select distinct on (m.created_at, m.id) ${messageColumns}
        from messages m
        where m.conversation_id = ${conversationId} and ${isTheirs(userId)} and ${condition}
        order by m.created_at desc, m.id desc, m.recipient_id desc
        limit ${limit + 1}
      ) found
      window newest_first as (order by "createdAt" desc, id desc rows unbounded preceding)
    ) measured
    where number <= ${limit} and (number = 1 or bytes <= ${maxBytes})
    order by number`;
}

export function toPage(rows: readonly PageRow[]): MessagePage {
  return { messages: rows.map(toMessage), older: rows.at(-1)?.older ?? false };
}
