import type { ColumnType } from "kysely";

/** A `timestamptz` that the database stamps unless a row brings its own. Queries read it through `wireTime`. */
export type Time = ColumnType<Date, Date | undefined, Date>;
export type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
/** A `timestamptz` without a default. */
export type GivenTime = ColumnType<Date, Date, Date>;
