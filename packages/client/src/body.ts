import { limits, uuidSchema } from "@sotto/protocol";
import * as z from "zod/mini";
import { SottoError } from "./errors.ts";

/** The `kind` byte of an envelope whose body is the JSON below. Other kinds are for key management to come. */
export const contentKind = 1;

/**
 * One emoji, or a short run of them: pictographs (code points kept for future ones among them) with their joiners,
 * modifiers, flags and keycaps. At least one sign is more than a digit; the longest known sequence has ten code points.
 */
const emojiPattern = /^(?=.*[^\d#*])[\p{Extended_Pictographic}\p{Emoji_Component}]{1,16}$/u;

/** Counters of this device, to this recipient in this conversation, whose message the server refused for good. */
const voids = z.optional(z.array(z.number().check(z.int(), z.positive())));

const bodies = [
  z.object({
    type: z.literal("text"),
    text: z.string(),
    /** The message that this one answers. */
    replyTo: z.optional(uuidSchema),
    /** Somebody else's words, passed on. */
    forwarded: z.optional(z.literal(true)),
    voids,
  }),
  z.object({ type: z.literal("edit"), target: uuidSchema, text: z.string(), voids }),
  z.object({ type: z.literal("delete"), target: uuidSchema, voids }),
  z.object({
    type: z.literal("reaction"),
    target: uuidSchema,
    /** Null takes the sender's reaction back. */
    emoji: z.nullable(z.string().check(z.regex(emojiPattern))),
    voids,
  }),
] as const;
const bodySchema = z.discriminatedUnion("type", bodies);
const knownTypes = new Set<string>(bodies.flatMap(({ shape }) => shape.type.def.values));

export type Body = z.infer<typeof bodySchema>;
export type TextBody = Extract<Body, { type: "text" }>;
/** A body that changes another message and is no message of its own. */
export type ActionBody = Exclude<Body, TextBody>;
export type ReadBody = Body | { type: "unsupported" } | { type: "unreadable" };

const encoder = new TextEncoder();

/** @throws SottoError `empty-message`, `message-too-large`, `bad-input` for a reaction that is no emoji */
export function encodeBody(body: Body): Uint8Array {
  if ("text" in body && body.text.trim() === "")
    throw new SottoError("empty-message", "Write something first: the message is empty.");
  if (!bodySchema.safeParse(body).success) throw badBody(body);
  const bytes = encoder.encode(JSON.stringify(body));
  if (bytes.length > limits.bodyMaxBytes) {
    throw new SottoError(
      "message-too-large",
      `The message is too long: it has ${bytes.length} bytes, at most ${limits.bodyMaxBytes} fit. Send it in parts.`,
    );
  }
  return bytes;
}

/** What the other side wrote is as little trusted as what the server sends: anything may stand in it. */
export function readBody(kind: number, bytes: Uint8Array): ReadBody {
  if (kind !== contentKind) return { type: "unsupported" };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return { type: "unreadable" };
  }
  const body = bodySchema.safeParse(json);
  if (body.success) return body.data;
  const typed = z.object({ type: z.string() }).safeParse(json);
  return typed.success && !knownTypes.has(typed.data.type) ? { type: "unsupported" } : { type: "unreadable" };
}

function badBody(body: Body): SottoError {
  return new SottoError(
    "bad-input",
    body.type === "reaction" ? "A reaction is one emoji." : "A message is named by its id.",
  );
}
