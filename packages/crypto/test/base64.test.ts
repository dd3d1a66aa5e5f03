import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from "../src/index.ts";
import { toHex, utf8 } from "./support/bytes.ts";
import { codeOf } from "./support/code-of.ts";

const anyBytes = fc.uint8Array({ maxLength: 200 });

describe("base64", () => {
  test.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ])("writes and reads the example %j of RFC 4648", (plain, text) => {
    expect(encodeBase64(utf8(plain))).toBe(text);
    expect(decodeBase64(text)).toEqual(utf8(plain));
  });

  test("agrees with the platform's encoder", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(encodeBase64(bytes)).toBe(btoa(String.fromCharCode(...bytes)));
      }),
    );
  });

  test("comes back as it went", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(toHex(decodeBase64(encodeBase64(bytes)))).toBe(toHex(bytes));
        expect(toHex(decodeBase64Url(encodeBase64Url(bytes)))).toBe(toHex(bytes));
      }),
    );
  });

  test("a text that is accepted is the one text of its bytes", () => {
    const nearlyBase64 = fc.string({
      unit: fc.constantFrom(...Array.from("ABgw19+/-_= \n\u0130é")),
      maxLength: 12,
    });
    fc.assert(
      fc.property(nearlyBase64, (text) => {
        const standard = codeOf(() => decodeBase64(text));
        expect(standard === "bad-base64" || encodeBase64(decodeBase64(text)) === text).toBe(true);
        const urlSafe = codeOf(() => decodeBase64Url(text));
        expect(urlSafe === "bad-base64" || encodeBase64Url(decodeBase64Url(text)) === text).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["Zm9", "padding left out"],
    ["Zm8", "padding left out"],
    ["Zg=", "padding cut short"],
    ["Zg===", "padding too long"],
    ["=Zm9", "padding in front"],
    ["Z===", "one character alone"],
    ["====", "padding alone"],
    ["Zm=v", "padding in the middle"],
    ["Zg==Zg==", "padding in the middle"],
    ["Zh==", "a spare bit set"],
    ["Zm9=", "a spare bit set"],
    [" Zm9v", "a space in front"],
    ["Zm9v\n", "a newline behind"],
    ["Zm9v    ", "spaces behind"],
    ["AAA@B=", "a foreign character"],
    ["Zm-_", "characters of base64url"],
    ["Zmé=", "a character beyond ASCII"],
    ["Zm\u{1f600}", "a character beyond the BMP"],
  ])("refuses %j: %s", (text) => {
    expect(codeOf(() => decodeBase64(text))).toBe("bad-base64");
  });

  test("refuses every spare bit, in endings of one and of two bytes", () => {
    const characters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    const accepted = (text: (last: string) => string) =>
      characters.filter((last) => codeOf(() => decodeBase64(text(last))) === "nothing thrown").join("");
    expect(accepted((last) => `Z${last}==`)).toBe("AQgw");
    expect(accepted((last) => `Zm${last}=`)).toBe("AEIMQUYcgkosw048");
  });

  test.each(["Zg==", "Z", "Zh", "Zm+/", "Zm9v="])("base64url refuses %j", (text) => {
    expect(codeOf(() => decodeBase64Url(text))).toBe("bad-base64");
  });
});
