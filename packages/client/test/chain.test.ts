import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { indexLinks, judgeLink, judgeRun, judgeTail, type Numbered } from "../src/chain.ts";
import type { BlockSpan, Link, MessageRecord } from "../src/records.ts";

const hashOf = (counter: number) => String(counter).padStart(32, "a");
const at = (counter: number) => `2026-01-01T00:00:00.${String(counter).padStart(6, "0")}Z`;
/** Every message one hour after the one before. */
const hourOf = (counter: number) => Date.UTC(2026, 0, 1) + counter * 3_600_000;
const link = (counter: number, more: Partial<Link> = {}): Link => ({
  device: "d",
  counter,
  previous: counter === 1 ? "0".repeat(32) : hashOf(counter - 1),
  hash: hashOf(counter),
  sentAt: hourOf(counter),
  ...more,
});
const neighbour = (counter: number) => ({
  counter,
  hash: hashOf(counter),
  createdAt: at(counter),
  sentAt: hourOf(counter),
});
const judge = (of: Link, below: number | null, complete = true, blocked: BlockSpan[] = []) =>
  judgeLink({ createdAt: at(of.counter) }, of, below === null ? null : neighbour(below), complete, blocked);

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
    expect(judgeLink({ createdAt: at(0) }, link(2), neighbour(1), true, [])).toEqual({ tampered: true });
  });

  test("does not miss what was sent while its sender was blocked", () => {
    const during = [{ from: hourOf(3), to: hourOf(4) }];
    expect(judge(link(6), 2, true, during)).toEqual({});
    expect(judge(link(6), null, true, during)).toEqual({});
    expect(judge(link(6), 2, true, [{ from: hourOf(3), to: null }])).toEqual({});
    expect(judge(link(6), 2, true, [{ from: hourOf(0), to: hourOf(0.5) }, ...during])).toEqual({});
  });

  test("misses what no block explains, whatever time the server gives", () => {
    const before = [{ from: hourOf(0), to: hourOf(1) }];
    const after = [{ from: hourOf(7), to: null }];
    expect(judge(link(6), 2, true, [...before, ...after])).toEqual({ missingBefore: 3 });
    const moved = { ...neighbour(2), createdAt: "2025-01-01T00:00:00.000000Z" };
    const late = { createdAt: "2027-01-01T00:00:00.000000Z" };
    expect(judgeLink(late, link(6), moved, true, [...before, ...after])).toEqual({ missingBefore: 3 });
  });

  test("shows a broken chain also where a block was", () => {
    const during = [{ from: hourOf(1), to: null }];
    expect(judge(link(2, { previous: hashOf(7) }), 1, true, during)).toEqual({ tampered: true });
  });

  test("allows for two clocks that differ by some minutes", () => {
    const minutes = 60_000;
    expect(judge(link(6), 2, true, [{ from: hourOf(6) + 9 * minutes, to: null }])).toEqual({});
    expect(judge(link(6), 2, true, [{ from: 0, to: hourOf(2) - 9 * minutes }])).toEqual({});
    expect(judge(link(6), 2, true, [{ from: hourOf(6) + 11 * minutes, to: null }])).toEqual({
      missingBefore: 3,
    });
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

  test("answers for the actions right before it, which nobody sees", async () => {
    const action = (counter: number, more: Partial<Link> = {}) => ({
      ...neighbour(counter),
      action: link(counter, more),
    });
    const run = (of: Link, ...lower: Numbered[]) =>
      judgeRun({ createdAt: at(of.counter) }, of, Readable.from(lower), true, []);
    expect(await run(link(4), action(3), action(2), neighbour(1))).toEqual({});
    expect(await run(link(6), action(5), action(3), neighbour(1))).toEqual({ missingBefore: 2 });
    expect(await run(link(6, { voids: [4, 2] }), action(5), action(3), neighbour(1))).toEqual({});
    expect(await run(link(3), action(2))).toEqual({ missingBefore: 1 });
    expect(await run(link(3), action(2, { previous: hashOf(7) }), neighbour(1))).toEqual({ tampered: true });
    expect(await run(link(4), neighbour(3), action(1))).toEqual({});
  });

  test("answers for the actions behind it as long as no other message does", async () => {
    const action = (counter: number, more: Partial<Link> = {}) => ({
      ...neighbour(counter),
      action: link(counter, more),
    });
    const tail = (...higher: Numbered[]) => judgeTail(neighbour(1), Readable.from(higher), true, []);
    expect(await tail()).toEqual({});
    expect(await tail(action(2), action(3))).toEqual({});
    expect(await tail(action(3), action(6))).toEqual({ missingAfter: 3 });
    expect(await tail(action(3), neighbour(4))).toEqual({});
    expect(await tail(action(2, { previous: hashOf(7) }))).toEqual({ tampered: true });
  });
});
