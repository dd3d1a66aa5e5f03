import { expect, test } from "vitest";
import { growNewer, growOlder } from "../src/features/chat/history-window.ts";

/** Ids of `count` messages, newest first. */
function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `m${index}`);
}

test("a short window grows towards what is older and keeps its end", () => {
  expect(growOlder({ before: null, count: 60 }, ids(60))).toEqual({ before: null, count: 120 });
});

test("a long window loses as many of the newest as it gains", () => {
  expect(growOlder({ before: null, count: 360 }, ids(360))).toEqual({ before: "m59", count: 360 });
  expect(growOlder({ before: "x", count: 330 }, ids(330))).toEqual({ before: "m29", count: 360 });
});

test("towards what is newer it stops before the one more that shows that there is more", () => {
  expect(growNewer({ before: "x", count: 360 }, ids(61))).toEqual({ before: "m0", count: 360 });
  expect(growNewer({ before: "x", count: 200 }, ids(61))).toEqual({ before: "m0", count: 260 });
});

test("with the last page it ends at the newest again", () => {
  expect(growNewer({ before: "x", count: 200 }, ids(60))).toEqual({ before: null, count: 260 });
  expect(growNewer({ before: "x", count: 360 }, [])).toEqual({ before: null, count: 360 });
});
