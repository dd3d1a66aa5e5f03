import type { GivenTime, Time } from "./time.ts";

/** One signed-in device: a family of refresh tokens. An ended session has no row. */
export type SessionsTable = {
  id: string;
  user_id: string;
  device: string;
  created_at: Time;
  last_used_at: Time;
  /** Moves on with every refresh: the session ends by itself when it has been idle for too long. */
  expires_at: GivenTime;
};
