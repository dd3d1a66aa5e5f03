import { describe, expect, test } from "vitest";
import { indexLinks, judgeLink } from "../src/chain.ts";
import type { Link, MessageRecord } from "../src/records.ts";

const hashOf = (counter: number) => String(counter).padStart(32, "a");
const at = (counter: number) => `2026-01-01T00:00:00.${String(counter).padStart(6, "0")}Z`;
const link = (counter: number, more: Partial<Link> = {}): Link => ({
  device: "d",
  counter,
  previous: counter === 1 ? "0".repeat(32) : hashOf(counter - 1),
  hash: hashOf(counter),
  ...more,
});
const neighbour = (counter: number) => ({ counter, hash: hashOf(counter), createdAt: at(counter) });
const judge = (of: Link, below: number | null, complete = true) =>
  judgeLink({ createdAt: at(of.counter) }, of, below === null ? null : neighbour(below), complete);

describe("a message in its device's chain", () => {
  test("is as it should be after the one before it, and as the first", () => {
    expect(judge(link(2), 1)).toEqual({});
    expect(judge(link(1), null)).toEqual({});
  });

  test("says how many before it are missing", () => {
    expect(judge(link(5), 2)).toEqual({ missingBefore: 2 });
    expect(judge(link(3), null)).toEqual({ missingBefore: 2 });
  });

  test("does not miss what may be older than what is here", () => {
    expect(judge(link(3), null, false)).toEqual({});
  });

  test("does not miss numbers that were refused and named", () => {
    expect(judge(link(5, { voids: [3, 4] }), 2)).toEqual({});
    expect(judge(link(5, { voids: [3, 3, 9, 1] }), 2)).toEqual({ missingBefore: 1 });
    expect(judge(link(2, { voids: [1] }), null)).toEqual({});
  });

  test("shows a chain that was broken: another hash, another beginning, another order", () => {
    expect(judge(link(2, { previous: hashOf(7) }), 1)).toEqual({ tampered: true });
    expect(judge(link(1, { previous: hashOf(7) }), null)).toEqual({ tampered: true });
    expect(judgeLink({ createdAt: at(0) }, link(2), neighbour(1), true)).toEqual({ tampered: true });
  });

  test("finds its neighbour in the page, of its own sender and device only", () => {
    const message = (senderId: string, of: Link): MessageRecord => ({
      id: `${senderId}${of.counter}`,
      conversationId: "c",
      senderId,
      recipientId: "r",
      text: "",
      createdAt: at(of.counter),
      state: "unread",
      link: of,
    });
    const page = [
      message("a", link(2)),
      message("a", link(1)),
      message("b", link(1)),
      message("b", link(2, { device: "e" })),
    ];
    const find = indexLinks(page);
    expect(page.map((each) => find(each)?.counter ?? null)).toEqual([1, null, null, null]);
  });
});
