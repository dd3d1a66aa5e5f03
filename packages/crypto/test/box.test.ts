import nacl from "tweetnacl";
import { describe, expect, test } from "vitest";
import { openBox, sealBox } from "../src/box.ts";
import { isZero } from "../src/bytes.ts";
import { randomBytes } from "../src/index.ts";
import { toHex } from "./support/bytes.ts";

const nonce = randomBytes(24);
const key = randomBytes(32);

function seal(plaintext: Uint8Array): Uint8Array {
  const target = new Uint8Array(plaintext.length + 16 + 6);
  sealBox([nonce, key], plaintext.length, (plain) => plain.set(plaintext), [target, 3]);
  expect([...target.subarray(0, 3), ...target.subarray(-3)]).toEqual([0, 0, 0, 0, 0, 0]);
  return target.subarray(3, -3);
}

describe("a box", () => {
  // Longer, shorter and longer again: what one call leaves in the memory must not show in the next.
  test.each([0, 1, 15, 16, 63, 1_024, 64, 16 * 1_024, 16 * 1_024 + 1, 70_000, 200, 1_000])(
    "of %i bytes is that of tweetnacl, both ways",
    (length) => {
      const plaintext = randomBytes(length);
      const box = seal(plaintext);
      expect(toHex(box)).toBe(toHex(nacl.box.after(plaintext, nonce, key)));
      expect(toHex(openBox([nonce, key], box, (plain) => plain.slice()) ?? nonce)).toBe(toHex(plaintext));
    },
  );

  test("begins with a plaintext of zeros, whatever was sealed or opened before", () => {
    openBox([nonce, key], seal(randomBytes(300)), () => null);
    const target = new Uint8Array(316);
    sealBox([nonce, key], 300, (plain) => expect(isZero(plain)).toBe(true), [target, 0]);
  });

  test.each([100, 20_000])("leaves nothing of %i bytes of plaintext in memory", (length) => {
    const seen: Uint8Array[] = [];
    const look = (plain: Uint8Array) => {
      plain.fill(7);
      seen.push(plain);
    };
    const target = new Uint8Array(length + 16);
    sealBox([nonce, key], length, look, [target, 0]);
    openBox([nonce, key], target, look);
    const failing = (plain: Uint8Array) => {
      look(plain);
      throw new Error("not readable");
    };
    expect(() => openBox([nonce, key], target, failing)).toThrow("not readable");
    expect(() => sealBox([nonce, key], length, failing, [target, 0])).toThrow("not readable");
    expect(seen.map((plain) => isZero(plain))).toEqual([true, true, true, true]);
  });

  test("that was altered, is too short or has another key is not read at all", () => {
    const box = seal(randomBytes(40));
    const read = () => {
      throw new Error("It was read.");
    };
    for (const index of [0, 15, 16, 55]) {
      const altered = box.slice();
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(openBox([nonce, key], altered, read)).toBeNull();
    }
    expect(openBox([nonce, key], box.subarray(0, 15), read)).toBeNull();
    expect(openBox([nonce, randomBytes(32)], box, read)).toBeNull();
    expect(openBox([randomBytes(24), key], box, read)).toBeNull();
  });

  test("takes keys and nonces of their length only", () => {
    expect(() => openBox([nonce, key.subarray(1)], seal(key), () => null)).toThrow("32 bytes");
    expect(() => openBox([nonce.subarray(1), key], seal(key), () => null)).toThrow("24 bytes");
  });
});
