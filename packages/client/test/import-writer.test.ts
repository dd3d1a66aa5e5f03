import { beforeEach, expect, test } from "vitest";
import type { Action } from "../src/actions.ts";
import { createImportWriter } from "../src/import-writer.ts";
import { createLibrary, type Library } from "../src/library.ts";
import type { Arrival } from "../src/merge.ts";
import { publicMessage } from "../src/message-records.ts";
import { receive } from "../src/receive.ts";
import { keys, type MessageRecord } from "../src/records.ts";
import { memoryStore } from "../src/stores/memory-store.ts";
import type { Store } from "../src/stores/store.ts";

const conversationId = "c";
const importedAt = "2026-05-01T00:00:00.000Z";
const time = (second: number) => `2026-01-01T00:00:0${second}.000000Z`;

let store: Store;
let library: Library;
beforeEach(() => {
  store = memoryStore();
  library = createLibrary(store, () => []);
});

/** As the server gives it. */
const real: MessageRecord = {
  id: "m1",
  conversationId,
  senderId: "a",
  recipientId: "b",
  text: "yse",
  createdAt: time(1),
  state: "unread",
};

/** As a file gives it. */
function imported(...actions: Action[]): MessageRecord {
  return { ...real, state: "imported", importedAt, ...(actions.length > 0 && { actions }) };
}

const deletion: Action = { type: "delete", id: "d", senderId: "a", createdAt: time(5) };
const edit: Action = { type: "edit", text: "yes", id: "e", senderId: "a", createdAt: time(4) };
const reaction: Action = { type: "reaction", emoji: "👍", id: "r", senderId: "b", createdAt: time(3) };

function about(action: Action): Arrival {
  return { kind: "action", conversationId, recipientId: "b", target: "m1", action, state: "unread" };
}

/** As the feed, or a page of history, brings them. */
async function arrive(...arrivals: Arrival[]): Promise<void> {
  await library.writes(async () => store.commit((await receive(library, conversationId, arrivals)).changes));
}

async function importAll(...records: MessageRecord[]): Promise<void> {
  const writer = createImportWriter(store, library);
  await writer.take(records, importedAt, () => undefined, new AbortController().signal);
}

/** It goes down once everything is written, and begins anew. */
async function importCutOff(whileItRuns: () => Promise<void>, ...records: MessageRecord[]): Promise<void> {
  await importAll(...records);
  await store.commit([{ key: keys.importing, value: importedAt }]);
  await whileItRuns();
  await createImportWriter(store, library).takeBack();
  expect(await library.findMessage(conversationId, "m1")).toBeUndefined();
}

async function shown() {
  const message = await library.findMessage(conversationId, "m1");
  return message === undefined ? undefined : publicMessage(message);
}

test("what was deleted does not come back from a file", async () => {
  await arrive(about(deletion));
  await importAll(imported());
  expect(await shown()).toMatchObject({ state: "imported", text: "", deleted: true });
  expect(await store.list({ prefix: keys.waiting(conversationId) })).toEqual([]);
});

test("an edit and a reaction that waited apply to the message of a file", async () => {
  await arrive(about(edit), about(reaction));
  await importAll(imported());
  expect(await shown()).toMatchObject({ text: "yes", reactions: [{ emoji: "👍", userIds: ["b"] }] });
});

test.each([
  ["waited for it", true],
  ["came while it ran", false],
])(
  "when an import is taken back, what the server said that %s applies to the server's message",
  async (_, first) => {
    const come = () => arrive(about(edit), about(reaction));
    if (first) await come();
    await importCutOff(first ? async () => undefined : come, imported());
    await arrive({ kind: "message", message: real });
    expect(await shown()).toMatchObject({
      text: "yes",
      state: "unread",
      reactions: [{ emoji: "👍", userIds: ["b"] }],
    });
  },
);

test("what only the file says goes with its message", async () => {
  await importCutOff(async () => undefined, imported({ ...edit, id: "m1/000000", imported: true }));
  await arrive({ kind: "message", message: real });
  expect(await shown()).toEqual(publicMessage(real));
});

test("a deletion that the file knows too is still the server's when the file's message is gone", async () => {
  const copy: Action = { ...deletion, id: "m1/000000", createdAt: time(1), imported: true };
  await arrive(about(deletion));
  await importCutOff(async () => undefined, imported(copy));
  await arrive({ kind: "message", message: real });
  expect(await shown()).toMatchObject({ state: "unread", text: "", deleted: true });
});

test("an edit that the file knows too is shown once", async () => {
  await arrive(about(edit));
  await importAll(imported({ ...edit, id: "m1/000000", imported: true }));
  expect((await shown())?.edits).toEqual([{ text: "yse", createdAt: time(1) }]);
});
