import * as z from "zod/mini";
import { uuidSchema } from "./ids.ts";

/** Ephemeral: neither stored nor numbered, and lost where nobody listens. */
export const signalSchema = z.object({
  kind: z.literal("typing"),
  conversationId: uuidSchema,
  userId: uuidSchema,
});
export type Signal = z.infer<typeof signalSchema>;

export const typingInput = z.object({ conversationId: uuidSchema });
