/**
 * What the database holds about one person, as it is: every table of the schema, the columns as they stand there, and
 * the person's own rows. A new column shows by itself; a new table does not compile until it says whose its rows are.
 */
import { sql, type RawBuilder } from "kysely";
import type { Db } from "../db.ts";
import type { Tables } from "../tables.ts";

type OwnRows = {
  name: string;
  columns: string[];
  rowCount: number;
  /** At most `sample`, the newest first where rows have a time; values as text in the order of `columns`. */
  rows: (string | null)[][];
};

const ownSessions = (userId: string) => sql`(select id from sessions where user_id = ${userId})`;
const ownConversations = (userId: string) =>
  sql`(select conversation_id from conversation_members where user_id = ${userId} and not withheld)`;

/**
 * Whose a row is. Null: the rows of this table belong to nobody. Whom others have blocked is theirs to know, so rows
 * that would tell are nobody's own either.
 */
const ownRows = {
  users: (userId) => sql`id = ${userId}`,
  credentials: (userId) => sql`user_id = ${userId}`,
  sessions: (userId) => sql`user_id = ${userId}`,
  refresh_tokens: (userId) => sql`session_id in ${ownSessions(userId)}`,
  challenges: (userId) => sql`user_id = ${userId}`,
  user_blocks: (userId) => sql`blocker_id = ${userId}`,
  account_data: (userId) => sql`user_id = ${userId}`,
  conversations: (userId) => sql`id in ${ownConversations(userId)}`,
  conversation_members: (userId) => sql`user_id = ${userId} and not withheld`,
  messages: (userId) => sql`(sender_id = ${userId} or (recipient_id = ${userId} and not withheld))`,
  feed_counters: (userId) => sql`user_id = ${userId}`,
  feed_events: (userId) => sql`user_id = ${userId}`,
  redeemed_tickets: null,
  retired_names: null,
  meta: null,
} satisfies Record<keyof Tables, ((userId: string) => RawBuilder<unknown>) | null>;

/** Columns that tell a sender whether the other one has blocked them. */
const hiddenColumns: ReadonlySet<string> = new Set(["messages.withheld", "conversation_members.withheld"]);

export async function listStoredRows(
  db: Db,
  { userId, sample }: { userId: string; sample: number },
): Promise<OwnRows[]> {
  const columns = await listColumns(db);
  const tables: OwnRows[] = [];
  for (const [name, own] of Object.entries(ownRows)) {
    const shown = (columns.get(name) ?? []).filter((column) => !hiddenColumns.has(`${name}.${column}`));
    tables.push({ name, columns: shown, ...(await readOwn(db, name, shown, own?.(userId), sample)) });
  }
  return tables;
}

async function listColumns(db: Db): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select table_name as name, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.columns
    where table_schema = current_schema()
    group by table_name`.execute(db);
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

async function readOwn(
  db: Db,
  name: string,
  columns: string[],
  own: RawBuilder<unknown> | undefined,
  sample: number,
): Promise<Pick<OwnRows, "rowCount" | "rows">> {
  if (own === undefined) return { rowCount: 0, rows: [] };
  const newestFirst = columns.includes("created_at") ? sql`order by created_at desc` : sql``;
  const texts = columns.map((column) => sql`${sql.ref(column)}::text`);
  const { rows } = await sql<{ rowCount: number; values: (string | null)[] | null }>`
    with own as (select * from ${sql.table(name)} where ${own})
    select (select count(*) from own) as "rowCount", picked.values
    from (select) as always
    left join (
      select array[${sql.join(texts)}] as values from own ${newestFirst} limit ${sample}
    ) as picked on true`.execute(db);
  return {
    rowCount: rows[0]?.rowCount ?? 0,
    rows: rows.flatMap(({ values }) => (values === null ? [] : [values])),
  };
}
