import type { Time } from "./time.ts";

export type UsersTable = {
  id: string;
  /** As chosen; unique without regard to case. */
  username: string;
  /** Base64 of the 32-byte X25519 public key. */
  public_key: string;
  created_at: Time;
};
