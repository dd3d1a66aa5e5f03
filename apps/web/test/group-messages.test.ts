import { expect, test } from "vitest";
import type { Message } from "@sotto/client";
import { groupMessages, showsMeta } from "../src/features/chat/group-messages.ts";

/** Local time, so that days are those of the machine that runs the test. */
function at(day: number, hour: number, minute: number): string {
  return new Date(2026, 2, day, hour, minute).toISOString();
}

function message(id: string, senderId: string, createdAt: string, state: Message["state"] = "sent"): Message {
  return { id, conversationId: "c", senderId, text: id, createdAt, state };
}

function ids(newestFirst: Message[]): string[][][] {
  return groupMessages(newestFirst).map((day) => day.runs.map((run) => run.messages.map(({ id }) => id)));
}

test("an empty history has no days", () => {
  expect(groupMessages([])).toEqual([]);
});

test("messages come out oldest first, in runs of one sender", () => {
  const history = [
    message("4", "ada", at(3, 9, 3)),
    message("3", "bob", at(3, 9, 2)),
    message("2", "bob", at(3, 9, 1)),
    message("1", "ada", at(3, 9, 0)),
  ];
  expect(ids(history)).toEqual([[["1"], ["2", "3"], ["4"]]]);
});

test("a pause of more than five minutes begins a new run", () => {
  const history = [
    message("3", "ada", at(3, 9, 11)),
    message("2", "ada", at(3, 9, 5)),
    message("1", "ada", at(3, 9, 0)),
  ];
  expect(ids(history)).toEqual([[["1", "2"], ["3"]]]);
});

test("midnight begins a new day, and with it a new run", () => {
  const history = [message("2", "ada", at(4, 0, 1)), message("1", "ada", at(3, 23, 59))];
  expect(ids(history)).toEqual([[["1"]], [["2"]]]);
  expect(groupMessages(history).map(({ key }) => key)).toEqual(["2026-03-03", "2026-03-04"]);
});

test("time and mark show at the end of a run, and where the state changes within it", () => {
  const [day] = groupMessages([
    message("3", "ada", at(3, 9, 0), "queued"),
    message("2", "ada", at(3, 9, 0), "read"),
    message("1", "ada", at(3, 9, 0), "read"),
  ]);
  const run = day?.runs[0];
  if (!run) throw new Error("There is one run.");
  expect([0, 1, 2].map((index) => showsMeta(run, index))).toEqual([false, true, true]);
});

test("the line between read and unread messages of others shows no extra time", () => {
  const [day] = groupMessages([
    message("2", "bob", at(3, 9, 0), "unread"),
    message("1", "bob", at(3, 9, 0), "read"),
  ]);
  const run = day?.runs[0];
  if (!run) throw new Error("There is one run.");
  expect([0, 1].map((index) => showsMeta(run, index))).toEqual([false, true]);
});
