import type { GivenTime } from "./time.ts";

export type ChallengeKind = "login" | "recover" | "change-password" | "renew-recovery-key" | "delete-account";

/** A sign-in, a recovery or a change of the account that has begun: any node can finish it, once. */
export type ChallengesTable = {
  /** SHA-256 of the token that the client holds. */
  id: string;
  kind: ChallengeKind;
  /** Null where the name that was given belongs to nobody. */
  user_id: string | null;
  state: string;
  expires_at: GivenTime;
};
