import { randomUUID } from "node:crypto";
import { createMessenger, exportAll, type ExportRecord, memoryStore } from "@sotto/client";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, type Person, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

let before: ServerProcess;
let after: ServerProcess;
beforeAll(async () => {
  [before, after] = await Promise.all([startServerProcess("postgres"), startServerProcess("postgres")]);
});
afterAll(() => Promise.all([before[Symbol.asyncDispose](), after[Symbol.asyncDispose]()]));

function toFile(records: unknown): Blob {
  return new Blob([JSON.stringify(records)]);
}

async function exportOf(person: Person): Promise<ExportRecord[]> {
  const records: ExportRecord[] = [];
  for await (const record of exportAll(person)) records.push(record);
  return records;
}

async function contentOf(person: Person, conversationId: string) {
  const messages = await person.history(conversationId, { limit: 100 });
  return messages.map(({ text, state, reactions = [], edits = [], deleted = false }) => {
    const reacted = reactions.map(({ emoji, userIds }) => `${emoji} ${userIds.length}`);
    return { text, state, deleted, reacted, before: edits.map((edit) => edit.text) };
  });
}

test("what was exported comes back on another server: in its place, found, once, and as what it is", async () => {
  await using ada = await signUp(before.url, "ada");
  await using ben = await signUp(before.url, "ben");
  await using cleo = await signUp(before.url, "cleo");
  const chat = await ada.openDirect("ben");
  const got = collect(ada, "message");
  const question = await ben.send(chat.id, { text: "do you like violets?" });
  const answer = await ada.send(chat.id, { text: "yse" });
  await ada.edit(chat.id, answer.id, "yes");
  const { id } = await ben.send(chat.id, { text: "never mind" });
  await ben.deleteMessage(chat.id, id);
  await cleo.send((await cleo.openDirect("ada")).id, { text: "hello" });
  await got.until(({ length }) => length === 3);
  await ada.react(chat.id, question.id, "👍");
  const records = await exportOf(ada);

  await using newAda = await signUp(after.url, "Ada");
  const newBen = await signUp(after.url, "ben");
  const progress = collect(newAda, "import-progress");
  await signUp(after.url, "cleo").then((newCleo) => newCleo.close());
  // A file opens no conversation: the server does not hear whom it names.
  const nowhere = await newAda.importFile(toFile(records));
  expect(nowhere).toMatchObject({ imported: 0, present: 0 });
  expect(nowhere?.missing.toSorted()).toEqual(["ben", "cleo"]);
  expect(await newAda.conversations()).toEqual([]);
  await newAda.openDirect("ben");
  expect(await newAda.importFile(toFile(records))).toEqual({ imported: 3, present: 0, missing: ["cleo"] });
  expect(progress.seen.at(-1)).toEqual({ progress: 1 });
  const [conversation] = await newAda.conversations();
  const newChatId = conversation?.id ?? "";
  expect(conversation).toMatchObject({ peer: { username: "ben" }, unreadCount: 0, verified: false });
  expect(await newBen.conversations()).toEqual([]);
  await newBen.close();
  await newAda.send(newChatId, { text: "so, here we are" });
  const plain = { state: "imported", deleted: false, reacted: [], before: [] };
  const expected = [
    { ...plain, text: "so, here we are", state: "sent" },
    { ...plain, text: "", deleted: true },
    { ...plain, text: "yes", before: ["yse"] },
    { ...plain, text: "do you like violets?", reacted: ["👍 1"] },
  ];
  expect(await contentOf(newAda, newChatId)).toEqual(expected);
  expect((await newAda.search({ text: "violet" })).results.map(({ message }) => message.id)).toEqual([
    question.id,
  ]);
  await expect(newAda.react(newChatId, question.id, "👍")).rejects.toMatchObject({ code: "not-possible" });
  expect(await newAda.importFile(toFile(records))).toEqual({ imported: 0, present: 3, missing: ["cleo"] });
  expect(await contentOf(newAda, newChatId)).toEqual(expected);

  // The server is put back to a state from before this device's cursor: all but what was imported is loaded anew.
  await tamper(after, sql`delete from messages`);
  await tamper(after, sql`update feed_events set tag = '00000000000000ff'`);
  await after.kill();
  await after.start();
  await expect.poll(() => contentOf(newAda, newChatId), { timeout: 30_000 }).toEqual(expected.slice(1));
  expect((await newAda.search({ text: "violet" })).results).toHaveLength(1);
});

test("on the server that it came from, its own messages take the place of those of the file", async () => {
  await using dora = await signUp(before.url, "dora");
  await using emil = await signUp(before.url, "emil");
  const chat = await dora.openDirect("emil");
  for (let number = 0; number < 30; number += 1) await emil.send(chat.id, { text: `Number ${number}` });
  const records = await exportOf(emil);
  await using device = await signIn(before.url, "emil");
  // The newest twenty are there already.
  expect(await device.importFile(toFile(records))).toEqual({ imported: 10, present: 20, missing: [] });
  const expected = Array.from({ length: 30 }, (_, index) => `Number ${29 - index}`);
  const history = await device.history(chat.id, { limit: 100 });
  expect(history.map(({ text }) => text)).toEqual(expected);
  expect(new Set(history.map(({ state }) => state))).not.toContain("imported");
});

test("who has read up to an imported message has read the real ones before it, and says so", async () => {
  await using hal = await signUp(before.url, "hal");
  await using ida = await signUp(before.url, "ida");
  const chat = await ida.openDirect("hal");
  const got = collect(hal, "message");
  const receipts = collect(ida, "receipt");
  const { id: messageId } = await ida.send(chat.id, { text: "hello" });
  await got.until(({ length }) => length === 1);
  const [account, head, greeting] = await exportOf(hal);
  if (greeting?.kind !== "message") throw new Error("The export ends with no message.");
  const later = { ...greeting.message, id: randomUUID(), createdAt: "2100-01-01T00:00:00.000000Z" };
  const records = [account, head, { kind: "message", message: later }];
  await hal.importFile(toFile(records));
  const [newest] = await hal.history(chat.id);
  expect(newest).toMatchObject({ state: "imported" });
  await hal.markRead(chat.id, newest?.id ?? "");
  await receipts.until((seen) =>
    seen.some((receipt) => receipt.messageId === messageId && receipt.state === "read"),
  );
});

test("an import is all or nothing: refused, cancelled or cut off, it leaves nothing", async () => {
  await using fay = await signUp(before.url, "fay");
  await using gus = await signUp(before.url, "gus");
  const chat = await fay.openDirect("gus");
  const [account, head] = await exportOf(fay);
  const message = (text: string) => ({
    kind: "message",
    message: {
      id: randomUUID(),
      conversationId: chat.id,
      senderId: fay.user?.id,
      text,
      createdAt: "2020-01-01T00:00:00.000000Z",
      state: "sent",
    },
  });
  const many = Array.from({ length: 1_000 }, (_, index) => message(`Message ${index}`));
  const everything = [account, head, ...many];

  const refused = (file: Blob, by = fay) => by.importFile(file).then(String, (error) => error.code);
  expect(await refused(new Blob(["<!doctype html>"]))).toBe("not-an-export");
  expect(await refused(toFile({ account }))).toBe("not-an-export");
  expect(await refused(toFile([...everything, { kind: "message", message: { text: 1 } }]))).toBe(
    "not-an-export",
  );
  expect(await refused(toFile(everything), gus)).toBe("not-your-export");

  const store = memoryStore();
  const device = await signIn(before.url, "fay", store);
  await device.prepareSearch();
  const stop = device.on("import-progress", ({ progress }) => {
    if (progress > 0) void device.cancelImport();
  });
  expect(await device.importFile(toFile(everything))).toBeNull();
  stop();
  expect(await device.history(chat.id)).toEqual([]);
  const closed = new Promise<void>((resolve) => {
    device.on("import-progress", ({ progress }) => {
      if (progress > 0.3) resolve(device.close());
    });
  });
  await expect(device.importFile(toFile(everything))).rejects.toMatchObject({ code: "closed" });
  await closed;
  expect((await store.list({ prefix: "message/" })).length).toBeGreaterThan(0);
  const again = await createMessenger({ url: before.url, store });
  expect(await again.history(chat.id)).toEqual([]);
  expect((await again.search({ text: "Message" })).results).toEqual([]);
  expect(await again.importFile(toFile(everything))).toMatchObject({ imported: 1_000 });
  await again.close();
});
