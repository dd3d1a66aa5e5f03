import { expect, test } from "vitest";
import type { Message } from "@sotto/client";
import { findMessageAt, toRows } from "../src/features/chat/rows.ts";
import type { MessageRow } from "../src/features/chat/rows.ts";

/** Local time, so that days are those of the machine that runs the test. */
function at(day: number, hour: number, minute: number): string {
  return new Date(2026, 2, day, hour, minute).toISOString();
}

function message(id: string, senderId: string, createdAt: string, state: Message["state"] = "sent"): Message {
  return { id, conversationId: "c", senderId, text: id, createdAt, state };
}

function rowsOf(newestFirst: Message[], firstNewId: string | null = null): MessageRow[] {
  return toRows(newestFirst, false, firstNewId).filter((row) => row.kind === "message");
}

/** The ids of each run: a run ends where `endsRun` says so. */
function runs(rows: MessageRow[]): string[] {
  return rows
    .map(({ key, endsRun }) => (endsRun ? `${key}|` : key))
    .join("")
    .split("|")
    .filter((run) => run !== "");
}

test("without messages there is the beginning, once it is reached", () => {
  expect(toRows([], false, null)).toEqual([]);
  expect(toRows([], true, null)).toEqual([{ kind: "beginning", key: "beginning" }]);
});

test("messages come out oldest first, in runs of one sender", () => {
  const rows = rowsOf([
    message("4", "ada", at(3, 9, 3)),
    message("3", "bob", at(3, 9, 2)),
    message("2", "bob", at(3, 9, 1)),
    message("1", "ada", at(3, 9, 0)),
  ]);
  expect(runs(rows)).toEqual(["1", "23", "4"]);
  expect(rows.map(({ startsRun }) => startsRun)).toEqual([true, true, false, true]);
});

test("a pause of more than five minutes begins a new run", () => {
  const rows = rowsOf([
    message("3", "ada", at(3, 9, 11)),
    message("2", "ada", at(3, 9, 5)),
    message("1", "ada", at(3, 9, 0)),
  ]);
  expect(runs(rows)).toEqual(["12", "3"]);
});

test("midnight begins a new day, and with it a new run", () => {
  const rows = rowsOf([message("2", "ada", at(4, 0, 1)), message("1", "ada", at(3, 23, 59))]);
  expect(runs(rows)).toEqual(["1", "2"]);
  expect(rows.map(({ startsDay }) => startsDay)).toEqual([false, true]);
});

test("the oldest message shows its day only where nothing is older", () => {
  const [, row] = toRows([message("1", "ada", at(3, 9, 0))], true, null);
  expect(row).toMatchObject({ key: "1", startsDay: true });
});

test("what is new begins a run of its own", () => {
  const rows = rowsOf([message("2", "bob", at(3, 9, 0)), message("1", "bob", at(3, 9, 0))], "2");
  expect(runs(rows)).toEqual(["1", "2"]);
  expect(rows.map(({ startsNew }) => startsNew)).toEqual([false, true]);
});

test("time and mark show at the end of a run, and where the state changes within it", () => {
  const rows = rowsOf([
    message("3", "ada", at(3, 9, 0), "queued"),
    message("2", "ada", at(3, 9, 0), "read"),
    message("1", "ada", at(3, 9, 0), "read"),
  ]);
  expect(rows.map(({ meta }) => meta)).toEqual([false, true, true]);
});

test("the line between read and unread messages of others shows no extra time", () => {
  const rows = rowsOf([message("2", "bob", at(3, 9, 0), "unread"), message("1", "bob", at(3, 9, 0), "read")]);
  expect(rows.map(({ meta }) => meta)).toEqual([false, true]);
});

test("a changed key has its row at its time, and parts a run", () => {
  const newestFirst = [message("2", "bob", at(3, 9, 1)), message("1", "bob", at(3, 9, 0))];
  const between = new Date(2026, 2, 3, 9, 0, 30).toISOString();
  const rows = toRows(newestFirst, true, null, { keyChanges: [between, at(3, 9, 5)] });
  expect(rows.map(({ kind, key }) => (kind === "message" ? key : kind))).toEqual([
    "beginning",
    "1",
    "key-change",
    "2",
    "key-change",
  ]);
  expect(runs(rows.filter((row) => row.kind === "message"))).toEqual(["1", "2"]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test("a changed key has no row among messages that are not loaded, and one in an empty conversation", () => {
  const newestFirst = [message("2", "bob", at(3, 9, 1)), message("1", "bob", at(3, 9, 0))];
  const keyChanges = [at(3, 8, 0), at(3, 10, 0)];
  const kinds = (complete: boolean, behind: boolean) =>
    toRows(newestFirst, complete, null, { keyChanges, behind }).map(({ kind }) => kind);
  expect(kinds(true, false)).toEqual(["beginning", "key-change", "message", "message", "key-change"]);
  expect(kinds(false, false)).toEqual(["message", "message", "key-change"]);
  expect(kinds(false, true)).toEqual(["message", "message"]);
  expect(toRows([], true, null, { keyChanges }).map(({ kind }) => kind)).toEqual([
    "beginning",
    "key-change",
    "key-change",
  ]);
});

test("what is read up to a changed key is read up to the message above it", () => {
  const rows = toRows([message("1", "bob", at(3, 9, 0))], true, null, { keyChanges: [at(3, 9, 5)] });
  expect(findMessageAt(rows, rows.at(-1)?.key ?? null)).toBe("1");
  expect(findMessageAt(rows, "1")).toBe("1");
  expect(findMessageAt(rows, "beginning")).toBe(null);
  expect(findMessageAt(rows, null)).toBe(null);
});
