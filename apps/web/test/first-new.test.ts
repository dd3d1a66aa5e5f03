import { expect, test } from "vitest";
import { toNextState } from "../src/features/chat/use-first-new.ts";

const read = { firstNewId: null, caughtUp: true, newestOwnId: "own" };
const nothing = { oldestUnreadId: null, newestOwnId: "own", following: false };

test("what arrives while nobody looks is new", () => {
  const next = toNextState(read, { ...nothing, oldestUnreadId: "a" });
  expect(next).toEqual({ firstNewId: "a", caughtUp: false, newestOwnId: "own" });
});

test("what arrives while one looks is not", () => {
  expect(toNextState(read, { ...nothing, oldestUnreadId: "a", following: true })).toBe(read);
});

test("the divider stands while one reads on, and after", () => {
  const reading = { firstNewId: "a", caughtUp: false, newestOwnId: "own" };
  expect(toNextState(reading, { ...nothing, oldestUnreadId: "c" })).toBe(reading);
  expect(toNextState(reading, nothing)).toEqual({ ...reading, caughtUp: true });
});

test("once all is read, what comes next is new again", () => {
  const done = { firstNewId: "a", caughtUp: true, newestOwnId: "own" };
  expect(toNextState(done, { ...nothing, oldestUnreadId: "d" })).toMatchObject({ firstNewId: "d" });
});

test("an own message that comes into sight on the way to the newest leaves the divider where it is", () => {
  const below = { firstNewId: "a", caughtUp: false, newestOwnId: undefined };
  const now = { ...nothing, oldestUnreadId: "c" };
  expect(toNextState(below, { ...now, newestOwnId: undefined })).toBe(below);
  expect(toNextState(below, now)).toEqual({ ...below, newestOwnId: "own" });
  const above = { ...below, newestOwnId: "own" };
  expect(toNextState(above, { ...now, newestOwnId: undefined })).toBe(above);
});

test("an answer of one's own takes the divider away", () => {
  const reading = { firstNewId: "a", caughtUp: false, newestOwnId: "own" };
  const next = toNextState(reading, { oldestUnreadId: "c", newestOwnId: "answer", following: false });
  expect(next).toEqual({ firstNewId: null, caughtUp: true, newestOwnId: "answer" });
});
