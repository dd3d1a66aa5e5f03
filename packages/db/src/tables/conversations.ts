import type { NullableTime, Time } from "./time.ts";

export type ConversationsTable = {
  id: string;
  kind: "direct";
  created_at: Time;
  /** `created_at` of its newest message: the clock of the conversation. */
  last_message_at: NullableTime;
};
