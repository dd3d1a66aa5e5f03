import { createMessenger, fileStore, type SearchResults } from "@sotto/client";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collect, signIn, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";

const texts = ({ results }: SearchResults) => results.map(({ message }) => message.text);

test("a new device finds what is not on it yet, newest first, and says how far back it looks", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  await ada.send(chat.id, { text: "The telephone number is 42" });
  await Promise.all(
    Array.from({ length: 250 }, (_, index) => ben.send(chat.id, { text: `Message ${index}` })),
  );
  const { id } = await ben.send(chat.id, { text: "Where is my téléphone?" });

  await using device = await signIn(server.url, "ada");
  const progress = collect(device, "search-progress");
  const first = await device.search({ text: "telephone" });
  expect(first.coverage.complete).toBe(false);
  expect(texts(first)).toEqual(["Where is my téléphone?"]);
  await progress.until((seen) => seen.at(-1)?.complete === true);
  const shares = progress.seen.map((coverage) => coverage.progress);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(progress.seen.map(({ from }) => from).at(-1)).toBeNull();

  const both = await device.search({ text: "telefone" });
  expect(texts(both)).toEqual(["Where is my téléphone?", "The telephone number is 42"]);
  expect(
    both.results.map(({ message, ranges }) => ranges.map(({ start, end }) => message.text.slice(start, end))),
  ).toEqual([["téléphone"], ["telephone"]]);
  expect(texts(await device.search({ text: "tele", from: ada.user?.id ?? "" }))).toEqual([
    "The telephone number is 42",
  ]);
  const { createdAt } = both.results[0]?.message ?? { createdAt: "" };
  expect(texts(await device.search({ text: "tele", before: createdAt }))).toEqual([
    "The telephone number is 42",
  ]);
  expect(texts(await device.search({ text: "message", limit: 2 }))).toEqual(["Message 249", "Message 248"]);

  const changes = collect(device, "messages");
  await ben.edit(chat.id, id, "Where is my mobile?");
  await changes.until(({ length }) => length > 0);
  expect(texts(await device.search({ text: "tele" }))).toEqual(["The telephone number is 42"]);
  expect(texts(await device.search({ text: "mobile" }))).toEqual(["Where is my mobile?"]);
  const count = changes.seen.length;
  await ben.deleteMessage(chat.id, id);
  await changes.until(({ length }) => length > count);
  expect(texts(await device.search({ text: "mobile" }))).toEqual([]);
});

test("search works offline after a restart, and what is deleted leaves the store", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sotto-search-"));
  const path = join(folder, "ada");
  try {
    await using server = await startServerProcess("postgres");
    await (await signUp(server.url, "ben")).close();
    {
      await using ada = await signUp(server.url, "ada", fileStore(path));
      await ada.search({ text: "" });
      const chat = await ada.openDirect("ben");
      await ada.send(chat.id, { text: "marmalade" });
      const { id } = await ada.send(chat.id, { text: "violin" });
      expect(texts(await ada.search({ text: "viol" }))).toEqual(["violin"]);
      await ada.deleteMessage(chat.id, id);
      expect(texts(await ada.search({ text: "viol" }))).toEqual([]);
    }
    await server.kill();
    const offline = await createMessenger({ url: server.url, store: fileStore(path) });
    expect(texts(await offline.search({ text: "marm" }))).toEqual(["marmalade"]);
    expect(texts(await offline.search({ text: "viol" }))).toEqual([]);
    await offline.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
