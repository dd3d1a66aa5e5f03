import * as z from "zod/mini";
import { lengthAtMost } from "./length.ts";

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in its canonical form: lower case, with hyphens (RFC 9562, section 4). */
export const uuidSchema = z.string().check(z.regex(uuidPattern, "must be a lower-case UUID"));

const timestampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** UTC with exactly six digits of seconds, so that text order is time order. */
export const timestampSchema = z
  .string()
  .check(z.regex(timestampPattern, "must be a UTC time with microseconds"));

/** Standard base64 with padding, at most `maxBytes` once decoded. Strict decoding is the crypto package's work. */
export function base64Schema(maxBytes: number) {
  const maxLength = Math.ceil(maxBytes / 3) * 4;
  return z
    .string()
    .check(
      lengthAtMost(maxLength, `is over the limit of ${maxBytes} bytes`),
      z.regex(/^[A-Za-z0-9+/]+={0,2}$/, "must be base64"),
    );
}

/** Base64url without padding, as the OPAQUE library writes its messages. */
export const opaqueMessageSchema = z
  .string()
  .check(lengthAtMost(4_096), z.regex(/^[A-Za-z0-9_-]+$/, "must be an OPAQUE message in base64url"));
