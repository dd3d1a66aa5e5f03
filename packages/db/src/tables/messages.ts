import type { Generated } from "kysely";
import type { NullableTime, Time } from "./time.ts";

/** One envelope for one recipient. */
export type MessagesTable = {
  conversation_id: string;
  id: string;
  sender_id: string;
  recipient_id: string;
  /** Envelope in base64: ciphertext to the server. */
  encrypted_content: string;
  /** Strictly increasing within a conversation. */
  created_at: Time;
  /** Null until the recipient has it; then it never changes. */
  delivered_at: NullableTime;
  /** Null until the recipient has seen it; then it never changes. */
  read_at: NullableTime;
  /** The recipient had blocked the sender: the sender has it, and the recipient never gets it. */
  withheld: Generated<boolean>;
};
