import type { Generated } from "kysely";
import type { Time } from "./time.ts";

export type ConversationMembersTable = {
  conversation_id: string;
  user_id: string;
  joined_at: Time;
  /** Someone this member had blocked began it, and there is nothing in it to show to this member yet. */
  withheld: Generated<boolean>;
};
