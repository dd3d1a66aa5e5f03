import { expect, test } from "vitest";
import type { Message } from "@sotto/client";
import { toRows } from "../src/features/chat/rows.ts";
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
