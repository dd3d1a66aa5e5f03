import type { Time } from "./time.ts";

/** One row where a person has blocked another one. */
export type UserBlocksTable = {
  blocker_id: string;
  blocked_id: string;
  created_at: Time;
};
