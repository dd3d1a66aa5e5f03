import { describe, expect, test } from "vitest";
import {
  base64Schema,
  canonicalUsername,
  cursorSchema,
  formatCursor,
  limits,
  parseCursor,
  sendInput,
  timestampSchema,
  usernameSchema,
  uuidSchema,
} from "../src/index.ts";

const id = "01a1fff0-bf8a-7780-96ab-60867e466008";

describe("a cursor", () => {
  test.each(["0", "1.00ff00ff00ff00ff", "999999999999999.0123456789abcdef"])(
    "%s comes back as it was",
    (text) => {
      const cursor = parseCursor(text);
      expect(cursor && formatCursor(cursor)).toBe(text);
      expect(cursorSchema.safeParse(text).success).toBe(true);
    },
  );

  test.each([
    "",
    "1",
    "00",
    "0.00ff00ff00ff00ff",
    "01.00ff00ff00ff00ff",
    "1.00FF00ff00ff00ff",
    "1.00ff",
    "-1.00ff00ff00ff00ff",
    "1.00ff00ff00ff00ff ",
  ])("%j is none", (text) => {
    expect(parseCursor(text)).toBeNull();
    expect(cursorSchema.safeParse(text).success).toBe(false);
  });
});

describe("a username", () => {
  test.each(["ada", "Ada.Lovelace", "b-3_x", "0xf", "a".repeat(32)])("%s is one", (name) => {
    expect(usernameSchema.safeParse(name).success).toBe(true);
  });

  test.each(["", "ab", "a".repeat(33), ".ada", "-ada", "_ada", "a da", "adä", "ada\n", "ada\u0000"])(
    "%j is none",
    (name) => {
      expect(usernameSchema.safeParse(name).success).toBe(false);
    },
  );

  test("is compared without case", () => {
    expect(canonicalUsername("AdA")).toBe(canonicalUsername("ada"));
  });
});

describe("identifiers and times have one spelling", () => {
  test.each([id.toUpperCase(), id.replaceAll("-", ""), `{${id}}`, `${id}\n`])("%j is no id", (text) => {
    expect(uuidSchema.safeParse(id).success).toBe(true);
    expect(uuidSchema.safeParse(text).success).toBe(false);
  });

  test.each([
    "2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.123Z",
    "2026-01-01 00:00:00.123456Z",
    "2026-01-01T00:00:00.123456+00:00",
  ])("%s is no time of the wire", (text) => {
    expect(timestampSchema.safeParse("2026-01-01T00:00:00.123456Z").success).toBe(true);
    expect(timestampSchema.safeParse(text).success).toBe(false);
  });
});

describe("sizes", () => {
  test("base64 is bounded by what it decodes to", () => {
    expect(base64Schema(3).safeParse("AAAA").success).toBe(true);
    expect(base64Schema(3).safeParse("AAAAAA==").success).toBe(false);
  });

  test("the largest message fits into one frame", () => {
    const content = "A".repeat(Math.ceil(limits.envelopeMaxBytes / 3) * 4);
    const message = { conversationId: id, id, envelopes: [{ recipientId: id, content }] };
    expect(sendInput.safeParse({ messages: [message] }).success).toBe(true);
    expect(
      JSON.stringify({
        id: 1,
        method: "mutation",
        params: { path: "messages.send", input: { messages: [message] } },
      }).length,
    ).toBeLessThan(limits.frameMaxBytes);
  });

  test("a send names at least one message and at most the limit", () => {
    const message = { conversationId: id, id, envelopes: [{ recipientId: id, content: "AAAA" }] };
    expect(sendInput.safeParse({ messages: [] }).success).toBe(false);
    const many = Array.from({ length: limits.messagesPerSend + 1 }, () => message);
    expect(sendInput.safeParse({ messages: many }).success).toBe(false);
    expect(sendInput.safeParse({ messages: [{ ...message, envelopes: [] }] }).success).toBe(false);
  });
});
