import type { Generated } from "kysely";
import type { Time } from "./time.ts";

export type ConversationMembersTable = {
  conversation_id: string;
  user_id: string;
  joined_at: Time;
  /** Nothing that this member was sent up to this time is unread. Where to look from, not what was read. */
  read_until: Generated<Date>;
  /** Someone this member had blocked began it, and there is nothing in it to show to this member yet. */
  withheld: Generated<boolean>;
};
