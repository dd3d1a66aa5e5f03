import { expect, test } from "vitest";
import { messagesPerNote, unindexedChanges } from "../src/message-records.ts";
import { keys, type MessageRecord } from "../src/records.ts";

test("what is to be indexed is noted in parts of one step each, in order, and with nothing there is no note", () => {
  const messages = Array.from({ length: 2.5 * messagesPerNote }, (_, index) => {
    const createdAt = `2026-01-01T00:00:00.${String(index).padStart(6, "0")}Z`;
    return { id: `${index}`, conversationId: "c", createdAt } as MessageRecord;
  });
  const notes = unindexedChanges(messages).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  expect(notes.map(({ value }) => (value as string[]).length)).toEqual([
    messagesPerNote,
    messagesPerNote,
    messagesPerNote / 2,
  ]);
  expect(notes.flatMap(({ value }) => value)).toEqual(messages.map(keys.message));
  expect(unindexedChanges([])).toEqual([]);
});
