import { expect, test } from "vitest";
import { collect, signIn, signUp, untilShown } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";

test("preferences, drafts and settings reach the other devices of a person, and nobody else", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  await ada.send(chat.id, { text: "hello" });
  await using tablet = await signIn(server.url, "ada");

  await ada.setPreference(chat.id, { muted: true, pinned: true });
  await untilShown(tablet, ({ muted, pinned }) => muted && pinned);
  await tablet.setPreference(chat.id, { muted: false });
  await untilShown(ada, ({ muted, pinned }) => !muted && pinned);
  await ada.setDraft(chat.id, "I was about to");
  expect((await ada.conversations())[0]?.draft).toBe("I was about to");
  await untilShown(tablet, ({ draft }) => draft === "I was about to");
  const told = collect(ada, "conversations");
  await ada.setDraft(chat.id, "I was about to say");
  // Who comes back to the conversation has to find all of it, so its screen hears of each change.
  expect(told.seen).not.toEqual([]);

  await ada.setPreference(chat.id, { archived: true });
  await untilShown(tablet, ({ archived }) => archived);
  await ben.send(chat.id, { text: "are you there?" });
  await untilShown(tablet, ({ archived }) => !archived);

  const settings = collect(tablet, "settings");
  await ada.setSettings({ typing: false });
  await settings.until((seen) => seen.at(-1)?.typing === false);
  expect(await tablet.settings()).toEqual({ readReceipts: true, typing: false, presence: false });
  expect(await untilShown(ben, () => true)).toMatchObject({ muted: false, pinned: false, draft: "" });
});

test("with read receipts off nobody learns what was read, but the person's own devices", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  await ada.setSettings({ readReceipts: false });
  await using tablet = await signIn(server.url, "ada");

  const got = collect(ada, "message");
  const receipts = { ada: collect(ada, "receipt"), ben: collect(ben, "receipt") };
  const { id } = await ben.send(chat.id, { text: "read this" });
  await got.until(({ length }) => length === 1);
  await untilShown(tablet, ({ unreadCount }) => unreadCount === 1);
  await ada.markRead(chat.id, id);
  await untilShown(tablet, ({ unreadCount }) => unreadCount === 0);
  await using fresh = await signIn(server.url, "ada");
  expect(await untilShown(fresh, () => true)).toMatchObject({
    unreadCount: 0,
    lastMessage: { state: "read" },
  });

  const back = collect(ben, "message");
  const answer = await ada.send(chat.id, { text: "and that" });
  await back.until(({ length }) => length === 1);
  await ben.markRead(chat.id, answer.id);
  await receipts.ada.until(({ length }) => length === 1);
  expect(receipts.ada.seen.map(({ state }) => state)).toEqual(["delivered"]);
  expect(receipts.ben.seen.map(({ state }) => state)).toEqual(["delivered"]);
  expect((await ben.message(chat.id, id))?.state).toBe("delivered");
  const [own] = await ada.history(chat.id, { limit: 1 });
  expect([own?.id, own?.readAt]).toEqual([answer.id, undefined]);
  expect((await ada.history(chat.id)).map(({ state }) => state)).toEqual(["delivered", "read"]);
});

test("when a message arrived and was read is known to who wrote it, and the same to a device that loads it later", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const got = collect(ben, "message");
  const receipts = collect(ada, "receipt");
  const { id, createdAt } = await ada.send(chat.id, { text: "read this" });
  await got.until(({ length }) => length === 1);
  await receipts.until(({ length }) => length === 1);
  expect(await ada.message(chat.id, id)).not.toHaveProperty("readAt");
  await ben.markRead(chat.id, id);
  await receipts.until(({ length }) => length === 2);
  const { deliveredAt = "", readAt = "" } = (await ada.message(chat.id, id)) ?? {};
  expect([createdAt, deliveredAt, readAt]).toEqual([createdAt, deliveredAt, readAt].toSorted());
  expect(deliveredAt).not.toBe("");

  await using tablet = await signIn(server.url, "ada");
  expect((await tablet.history(chat.id))[0]).toMatchObject({ deliveredAt, readAt });
  expect((await ben.history(chat.id))[0]).not.toHaveProperty("deliveredAt");
  expect((await ben.history(chat.id))[0]).not.toHaveProperty("readAt");
});
