import { timestampSchema, uuidSchema } from "@sotto/protocol";
import * as z from "zod/mini";
import { SottoError } from "./errors.ts";

/** What an export is made of: the account first, then each conversation with its messages behind it, oldest first. */

const person = z.object({ id: uuidSchema, username: z.string(), publicKey: z.string() });

/** Fields that a later version adds are kept. */
const message = z.looseObject({
  id: uuidSchema,
  conversationId: uuidSchema,
  senderId: uuidSchema,
  text: z.string(),
  createdAt: timestampSchema,
  state: z.enum(["queued", "sent", "delivered", "read", "refused", "unread", "imported"]),
  deliveredAt: z.optional(timestampSchema),
  readAt: z.optional(timestampSchema),
  importedAt: z.optional(z.string()),
  problem: z.optional(z.enum(["unreadable", "unsupported"])),
  replyTo: z.optional(uuidSchema),
  forwarded: z.optional(z.literal(true)),
  editedAt: z.optional(timestampSchema),
  edits: z.optional(z.array(z.object({ text: z.string(), createdAt: timestampSchema }))),
  deleted: z.optional(z.literal(true)),
  reactions: z.optional(z.array(z.object({ emoji: z.string(), userIds: z.array(uuidSchema) }))),
});

export type ExportedMessage = z.infer<typeof message>;

const recordSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("account"),
    format: z.literal("sotto-export-1"),
    exportedAt: z.string(),
    user: z.object({ id: uuidSchema, username: z.string() }),
  }),
  z.object({
    kind: z.literal("conversation"),
    id: uuidSchema,
    createdAt: timestampSchema,
    members: z.array(person),
    /** False where the older part could not be loaded. */
    complete: z.boolean(),
  }),
  z.object({ kind: z.literal("message"), message }),
]);

export type ExportRecord = z.infer<typeof recordSchema>;

/** @throws SottoError `not-an-export` for anything that is no record of an export */
export function parseExportRecord(json: unknown): ExportRecord {
  const record = recordSchema.safeParse(json);
  if (record.success) return record.data;
  throw notAnExport();
}

export function notAnExport(options?: ErrorOptions): SottoError {
  const text = "This is not an export of Sotto as data (JSON), or a part of it is damaged.";
  return new SottoError("not-an-export", text, options);
}
