import { describe, expect, test } from "vitest";
import { backoffMs } from "../src/backoff.ts";
import { type Body, contentKind, encodeBody, readBody } from "../src/body.ts";
import { assertStrongPassword } from "../src/password.ts";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const bytes = (text: string) => new TextEncoder().encode(text);

describe("a body", () => {
  test("comes back as it was written", () => {
    const body = { type: "text" as const, text: "früh – 早い – \u{1f305}" };
    expect(readBody(contentKind, encodeBody(body))).toEqual(body);
  });

  test.each([
    { type: "text", text: "yes", replyTo: id, forwarded: true, voids: [1, 2] },
    { type: "edit", target: id, text: "no" },
    { type: "delete", target: id },
    { type: "reaction", target: id, emoji: "👩🏽‍❤️‍💋‍👨🏿" },
    { type: "reaction", target: id, emoji: "🏴󠁧󠁢󠁥󠁮󠁧󠁿" },
    { type: "reaction", target: id, emoji: "1️⃣" },
    { type: "reaction", target: id, emoji: "🇪🇺" },
    { type: "reaction", target: id, emoji: null },
  ] satisfies Body[])("of each kind comes back: %j", (body) => {
    expect(readBody(contentKind, encodeBody(body))).toEqual(body);
  });

  test.each(["", "a", "12", "#", " ", "👍 ", "👍\n", "<b>", "👍".repeat(17)])(
    "that reacts with %j is refused when it is written and not taken when it is read",
    (emoji) => {
      expect(() => encodeBody({ type: "reaction", target: id, emoji })).toThrow(/one emoji/);
      const forged = bytes(JSON.stringify({ type: "reaction", target: id, emoji }));
      expect(readBody(contentKind, forged)).toEqual({ type: "unreadable" });
    },
  );

  test("that names its target by anything but an id is not taken", () => {
    for (const target of ["", "x/y", 1, null, undefined]) {
      for (const type of ["edit", "delete", "reaction"]) {
        const forged = bytes(JSON.stringify({ type, target, text: "x", emoji: null }));
        expect(readBody(contentKind, forged)).toEqual({ type: "unreadable" });
      }
    }
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
