import type { NullableTime, Time } from "./time.ts";

export type RefreshTokensTable = {
  /** SHA-256 of the token. */
  hash: string;
  session_id: string;
  created_at: Time;
  /** When it was exchanged for a successor; a later use betrays a copy. */
  retired_at: NullableTime;
};
