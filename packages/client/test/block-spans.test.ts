import { describe, expect, test } from "vitest";
import { isBlocked, mergeBlocks, spansOf, withBlocked } from "../src/block-spans.ts";
import type { BlockSpans } from "../src/records.ts";

const bob = "bob";

/** Blocked at the first time, unblocked at the second, and so on. */
const toggled = (...times: number[]): BlockSpans =>
  times.reduce<BlockSpans>((blocks, at, index) => withBlocked(blocks, bob, index % 2 === 0, at), {});

describe("the times of a block", () => {
  test("begin and end, and are kept", () => {
    expect(isBlocked(toggled(), bob)).toBe(false);
    expect(isBlocked(toggled(1), bob)).toBe(true);
    expect(isBlocked(toggled(1, 2), bob)).toBe(false);
    expect(spansOf(toggled(1, 2, 5), bob)).toEqual([
      { from: 1, to: 2 },
      { from: 5, to: null },
    ]);
  });

  test("do not change where the same is said again", () => {
    const blocked = toggled(1);
    expect(withBlocked(blocked, bob, true, 9)).toBe(blocked);
    const ended = toggled(1, 2);
    expect(withBlocked(ended, bob, false, 9)).toBe(ended);
  });

  test("of two devices merge to the same, whichever is first and however often", () => {
    const states = [
      toggled(),
      toggled(1),
      toggled(1, 2),
      toggled(1, 2, 5),
      toggled(1, 3),
      toggled(4),
      toggled(4, 6),
    ];
    for (const a of states) {
      for (const b of states) {
        const merged = mergeBlocks(a, b);
        expect(mergeBlocks(b, a)).toEqual(merged);
        expect(mergeBlocks(merged, a)).toEqual(merged);
        for (const c of states) {
          expect(mergeBlocks(mergeBlocks(a, b), c)).toEqual(mergeBlocks(a, mergeBlocks(b, c)));
        }
      }
    }
  });

  test("have ended where one device says so, and last where a later one began", () => {
    expect(isBlocked(mergeBlocks(toggled(1), toggled(1, 2)), bob)).toBe(false);
    expect(isBlocked(mergeBlocks(toggled(1, 2), toggled(1, 2, 5)), bob)).toBe(true);
    expect(isBlocked(mergeBlocks(toggled(1), toggled(4, 6)), bob)).toBe(true);
  });
});
