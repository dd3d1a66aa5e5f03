import type { Time } from "./time.ts";

export type ConversationMembersTable = {
  conversation_id: string;
  user_id: string;
  joined_at: Time;
};
