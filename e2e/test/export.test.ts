import { exportAll, type ExportRecord, parseExportRecord } from "@sotto/client";
import { expect, test } from "vitest";
import { collect, signIn, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";

test("an export has every conversation and message, decrypted and in order, also what was not on the device", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  await using cleo = await signUp(server.url, "cleo");
  const chat = await ada.openDirect("ben");
  const got = collect(ada, "message");
  const sent = await Promise.all(
    Array.from({ length: 450 }, (_, index) => ben.send(chat.id, { text: `Message ${index}` })),
  );
  await cleo.send((await cleo.openDirect("ada")).id, { text: "hello" });
  await got.until(({ length }) => length === 451);
  await ada.react(chat.id, sent[7]?.id ?? "", "👍");

  await using device = await signIn(server.url, "ada");
  const records: ExportRecord[] = [];
  const progress: number[] = [];
  for await (const record of exportAll(device, (share) => progress.push(share))) {
    records.push(parseExportRecord(JSON.parse(JSON.stringify(record))));
  }
  expect(records[0]).toMatchObject({ kind: "account", user: { username: "ada" } });
  const heads = records.filter((record) => record.kind === "conversation");
  expect(heads.map(({ complete }) => complete)).toEqual([true, true]);
  const messages = records.flatMap((record) => (record.kind === "message" ? [record.message] : []));
  const texts = messages.filter(({ conversationId }) => conversationId === chat.id).map(({ text }) => text);
  expect(texts).toEqual(sent.map((_, index) => `Message ${index}`));
  expect(messages).toHaveLength(451);
  expect(messages.find(({ text }) => text === "Message 7")?.reactions).toEqual([
    { emoji: "👍", userIds: [ada.user?.id] },
  ]);
  expect(progress.at(-1)).toBe(1);
  // It goes on within a conversation, so that a single long one does not look stuck.
  expect(new Set(progress).size).toBeGreaterThan(heads.length + 1);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(() => parseExportRecord({ kind: "message", message: { text: 1 } })).toThrow(/export/);
});
