import { describe, expect, test } from "vitest";
import { backoffMs } from "../src/backoff.ts";
import { contentKind, encodeBody, readBody } from "../src/body.ts";
import { assertStrongPassword } from "../src/password.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a body", () => {
  test("comes back as it was written", () => {
    const body = { type: "text" as const, text: "früh – 早い – \u{1f305}" };
    expect(readBody(contentKind, encodeBody(body))).toEqual(body);
  });

  test("of an unknown type or kind asks for an update, and garbage is unreadable", () => {
    expect(readBody(contentKind, bytes('{"type":"poll","options":[]}'))).toEqual({ type: "unsupported" });
    expect(readBody(9, bytes("{}"))).toEqual({ type: "unsupported" });
    for (const garbage of ["", "null", "[]", '{"type":"text"}', '{"type":"text","text":1}', "{"]) {
      expect(readBody(contentKind, bytes(garbage))).toEqual({ type: "unreadable" });
    }
    expect(readBody(contentKind, new Uint8Array([0xff, 0xfe]))).toEqual({ type: "unreadable" });
  });

  test("that is empty or over 64 KiB is refused with a sentence", () => {
    expect(() => encodeBody({ type: "text", text: " \n" })).toThrow(/empty/);
    expect(() => encodeBody({ type: "text", text: "x".repeat(65_536) })).toThrow(/at most 65536/);
  });
});

describe("a password", () => {
  test.each(["short", "password", "password1", "qwertyuiop", "aaaaaaaaaaaa", "alicealice", "12345678"])(
    "like %s is refused",
    async (password) => {
      await expect(assertStrongPassword(password, "alice")).rejects.toMatchObject({ code: "weak-password" });
    },
  );

  test.each(["correct horse battery staple", "violin-tundra-81", "Gx7#kk2Lw9"])(
    "like %s is taken",
    async (password) => {
      await expect(assertStrongPassword(password, "alice")).resolves.toBeUndefined();
    },
  );
});

describe("the wait before another attempt", () => {
  test("lies between the floor and five seconds, and its bound doubles", () => {
    expect(backoffMs(0, () => 0)).toBe(200);
    expect(backoffMs(0, () => 1)).toBe(400);
    expect(backoffMs(3, () => 1)).toBe(3_200);
    expect(backoffMs(50, () => 1)).toBe(5_000);
  });
});
