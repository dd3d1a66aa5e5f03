import * as z from "zod/mini";
import { uuidSchema } from "./ids.ts";

/** Ephemeral: neither stored nor numbered, and lost where nobody listens. */
export const signalSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("typing"), conversationId: uuidSchema, userId: uuidSchema }),
  z.object({
    kind: z.literal("presence"),
    userId: uuidSchema,
    present: z.boolean(),
    /** It went to everyone, and whoever is present as well may answer. */
    asks: z.boolean(),
  }),
]);
export type Signal = z.infer<typeof signalSchema>;

export const typingInput = z.object({ conversationId: uuidSchema });

/** Without `to`: to everyone whom the caller has written to. */
export const presenceInput = z.object({ present: z.boolean(), to: z.optional(uuidSchema) });

/** `presence`: whoever subscribes shows theirs, and so may see that of others. */
export const signalsInput = z.optional(z.object({ presence: z.boolean() }));
