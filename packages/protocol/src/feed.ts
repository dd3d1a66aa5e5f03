import * as z from "zod/mini";
import { lengthAtMost } from "./length.ts";
import { conversationSchema } from "./conversations.ts";
import { cursorSchema } from "./cursor.ts";
import { timestampSchema, uuidSchema } from "./ids.ts";
import { limits } from "./limits.ts";
import { messageSchema } from "./messages.ts";
import { userSchema } from "./users.ts";

export const receiptStateSchema = z.enum(["delivered", "read"]);
export type ReceiptState = z.infer<typeof receiptStateSchema>;

/** One thing that concerns one user, with the next number of that user's feed in `cursor`. */
export const feedEventSchema = z.discriminatedUnion("kind", [
  /** A message to the user, or the user's own from any device. */
  z.object({ kind: z.literal("message"), cursor: cursorSchema, message: messageSchema }),
  /** Own messages that `userId` now has or has seen. */
  z.object({
    kind: z.literal("receipt"),
    cursor: cursorSchema,
    conversationId: uuidSchema,
    userId: uuidSchema,
    state: receiptStateSchema,
    messageIds: z.array(uuidSchema).check(lengthAtMost(limits.receiptIds)),
    at: timestampSchema,
  }),
  /** The user has read a conversation up to and with this message, on some device. */
  z.object({
    kind: z.literal("read"),
    cursor: cursorSchema,
    conversationId: uuidSchema,
    messageId: uuidSchema,
  }),
  z.object({
    kind: z.literal("conversation"),
    cursor: cursorSchema,
    conversation: conversationSchema,
  }),
  /** The sealed account data has a new version. */
  z.object({ kind: z.literal("account"), cursor: cursorSchema, version: z.number() }),
  /** Someone the user shares a conversation with has another key or name. No operation of v1 writes it. */
  z.object({ kind: z.literal("user"), cursor: cursorSchema, user: userSchema }),
]);
export type FeedEvent = z.infer<typeof feedEventSchema>;

export const feedInput = z.object({
  cursor: cursorSchema,
  /** Set by tRPC when it resumes a subscription by itself: the id of the last batch it saw. */
  lastEventId: z.optional(cursorSchema),
});

/** What `feed.subscribe` yields, tracked under the cursor of its last event. */
export const feedBatchSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("events"), events: z.array(feedEventSchema) }),
  /** The cursor means nothing here: take the head, load anew, subscribe from that head. */
  z.object({ kind: z.literal("resync") }),
]);
export type FeedBatch = z.infer<typeof feedBatchSchema>;

/** Answer of `feed.head`. */
export const feedHeadSchema = z.object({ cursor: cursorSchema });
