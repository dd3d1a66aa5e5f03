import { sql, type RawBuilder } from "kysely";

/** A `timestamptz` as UTC text with six digits of seconds, whose text order is its time order. Null stays null. */
export function wireTime<T extends string | null = string>(column: string): RawBuilder<T> {
  return wireTimeOf<T>(sql.ref(column));
}

export function wireTimeOf<T extends string | null = string>(time: RawBuilder<unknown>): RawBuilder<T> {
  return sql<T>`to_char(${time} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** The database's clock, so that nodes need not agree on theirs. */
export const now = sql<Date>`clock_timestamp()`;

export function inMs(ms: number): RawBuilder<Date> {
  return sql<Date>`(clock_timestamp() + ${ms}::float8 * interval '1 millisecond')`;
}
