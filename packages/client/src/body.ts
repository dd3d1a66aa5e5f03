import { limits } from "@sotto/protocol";
import * as z from "zod/mini";
import { SottoError } from "./errors.ts";

/** The `kind` byte of an envelope whose body is the JSON below. Other kinds are for key management to come. */
export const contentKind = 1;

const textBody = z.object({
  type: z.literal("text"),
  text: z.string(),
  /** Counters of this device, to this recipient in this conversation, whose message the server refused for good. */
  voids: z.optional(z.array(z.number().check(z.int(), z.positive()))),
});

export type TextBody = z.infer<typeof textBody>;
export type ReadBody = TextBody | { type: "unsupported" } | { type: "unreadable" };

/** @throws SottoError `empty-message`, `message-too-large` */
export function encodeBody(body: TextBody): Uint8Array {
  if (body.text.trim() === "")
    throw new SottoError("empty-message", "Write something first: the message is empty.");
  const bytes = new TextEncoder().encode(JSON.stringify(body));
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
  const text = textBody.safeParse(json);
  if (text.success) return text.data;
  const typed = z.object({ type: z.string() }).safeParse(json);
  return typed.success && typed.data.type !== "text" ? { type: "unsupported" } : { type: "unreadable" };
}
