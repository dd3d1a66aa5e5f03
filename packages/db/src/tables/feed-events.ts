import type { Time } from "./time.ts";

export type FeedEventKind = "message" | "receipt" | "read" | "conversation" | "account";

/** What a receipt or an account event says beyond the columns. */
export type FeedEventDetail =
  | { messageIds: string[]; userId: string; state: "delivered" | "read"; at: string }
  | { version: number };

export type FeedEventsTable = {
  user_id: string;
  /** 1, 2, 3, … for each person, without a gap. */
  seq: number;
  /** 8 random bytes in hex: tells this event from one that bore its number before a restored backup. */
  tag: string;
  kind: FeedEventKind;
  conversation_id: string | null;
  message_id: string | null;
  /** With the two before: the row of `messages`. */
  recipient_id: string | null;
  detail: FeedEventDetail | null;
  created_at: Time;
};
