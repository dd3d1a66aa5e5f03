import type { NullableTime, Time } from "./time.ts";

export type RefreshTokensTable = {
  /** SHA-256 of the token. */
  hash: string;
  session_id: string;
  created_at: Time;
  /** When it was exchanged for a successor; a later use betrays a copy. */
  retired_at: NullableTime;
  /** Hash of the token that this one was given for, and SHA-256 of the attempt that it answered. */
  made_from: string | null;
  attempt_hash: string | null;
};
