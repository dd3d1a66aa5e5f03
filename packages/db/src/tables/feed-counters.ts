import type { ColumnType } from "kysely";

type Count = ColumnType<number, number | undefined, number>;

export type FeedCountersTable = {
  user_id: string;
  /** Number of the newest event of this person's feed. */
  last_seq: Count;
  /** Messages up to this event are marked as delivered. */
  acknowledged_seq: Count;
};
