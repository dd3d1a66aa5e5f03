import * as z from "zod/mini";
import { lengthAtLeast, lengthAtMost } from "./length.ts";
import { base64Schema, timestampSchema, uuidSchema } from "./ids.ts";
import { errorReasonSchema } from "./errors.ts";
import { limits } from "./limits.ts";

/** One row of `messages`: one envelope for one recipient. */
export const messageSchema = z.object({
  conversationId: uuidSchema,
  /** Made by the sender (UUIDv7); names the message, and with its conversation and recipient the row. */
  id: uuidSchema,
  senderId: uuidSchema,
  recipientId: uuidSchema,
  /** Envelope v1 in base64. */
  content: base64Schema(limits.envelopeMaxBytes),
  createdAt: timestampSchema,
  deliveredAt: z.nullable(timestampSchema),
  readAt: z.nullable(timestampSchema),
});
export type WireMessage = z.infer<typeof messageSchema>;

const outgoingMessageSchema = z.object({
  conversationId: uuidSchema,
  id: uuidSchema,
  envelopes: z
    .array(z.object({ recipientId: uuidSchema, content: base64Schema(limits.envelopeMaxBytes) }))
    .check(lengthAtLeast(1), lengthAtMost(limits.envelopesPerMessage)),
});
export type OutgoingMessage = z.infer<typeof outgoingMessageSchema>;

export const sendInput = z.object({
  messages: z.array(outgoingMessageSchema).check(lengthAtLeast(1), lengthAtMost(limits.messagesPerSend)),
});

/** What became of one message of a send, in the order of the input. A refusal never touches its neighbours. */
const sendResultSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("stored"), id: uuidSchema, createdAt: timestampSchema }),
  z.object({
    status: z.literal("refused"),
    id: uuidSchema,
    reason: errorReasonSchema,
    message: z.string(),
  }),
]);
export type SendResult = z.infer<typeof sendResultSchema>;

/** Answer of `messages.send`: one result for each message, in their order. */
export const sendAnswerSchema = z.object({ results: z.array(sendResultSchema) });

export const historyInput = z.object({
  conversationId: uuidSchema,
  /** The page ends just before this message; without it, at the newest. */
  before: z.optional(uuidSchema),
  limit: z.number().check(z.int(), z.minimum(1), z.maximum(limits.historyPage)),
});

/**
 * Answer of `messages.history`, newest first. A page ends at `limit` or at `limits.pageMaxBytes`, so only `older` says
 * whether there is more.
 */
export const historyAnswerSchema = z.object({ messages: z.array(messageSchema), older: z.boolean() });

export const acknowledgeInput = z.object({ cursor: z.string().check(lengthAtMost(64)) });
export const markReadInput = z.object({ conversationId: uuidSchema, messageId: uuidSchema });
