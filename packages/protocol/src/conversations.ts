import * as z from "zod/mini";
import { timestampSchema, uuidSchema } from "./ids.ts";
import { limits } from "./limits.ts";
import { messageSchema } from "./messages.ts";
import { userSchema } from "./users.ts";
import { usernameSchema } from "./username.ts";

export const conversationSchema = z.object({
  id: uuidSchema,
  kind: z.literal("direct"),
  /** Everyone in it, the caller included, ordered by id. */
  members: z.array(userSchema),
  createdAt: timestampSchema,
  lastMessageAt: z.nullable(timestampSchema),
});
export type WireConversation = z.infer<typeof conversationSchema>;

export const openDirectInput = z.object({ username: usernameSchema });

export const listConversationsInput = z.object({
  /** Id of the last conversation of the page before. */
  after: z.optional(uuidSchema),
  limit: z.number().check(z.int(), z.minimum(1), z.maximum(limits.conversationPage)),
});

/** Conversations by their last message, newest first; those without one last. */
export const conversationPageSchema = z.object({
  conversations: z.array(
    z.object({
      conversation: conversationSchema,
      /** Messages to the caller that have no `readAt`. */
      unreadCount: z.number(),
      /** The newest messages, newest first, at most `limits.newestPerConversation` and `limits.newestMaxBytes`. */
      newest: z.array(messageSchema),
      /** Whether there are messages before those. */
      older: z.boolean(),
    }),
  ),
  /** False on the last page. */
  more: z.boolean(),
});
export type ConversationPage = z.infer<typeof conversationPageSchema>;
