import { expect, test, vi } from "vitest";
import type { ExportRecord } from "@sotto/client";
import { findShortcut } from "../src/app/use-shortcuts.ts";
import { toNotice } from "../src/app/notifications.ts";
import { createHtmlFile, createJsonFile } from "../src/features/settings/export-files.ts";
import { isNews } from "../src/lib/announcements.ts";
import type { Translate } from "../src/lib/i18n.ts";
import { findKnownUser } from "../src/lib/known-user.ts";
import { i18n, loadLaterWords } from "../src/lib/language.ts";

const t = i18n.t.bind(i18n) as Translate;
const plain = { ctrlKey: false, metaKey: false, altKey: false };

test("shortcuts work anywhere, and leave what is typed into a field alone", () => {
  const shortcuts = { onSearch: vi.fn(), onHelp: vi.fn(), onStep: vi.fn() };
  expect(findShortcut({ ...plain, key: "k", ctrlKey: true }, true, shortcuts)).toBe(shortcuts.onSearch);
  expect(findShortcut({ ...plain, key: "K", metaKey: true }, false, shortcuts)).toBe(shortcuts.onSearch);
  expect(findShortcut({ ...plain, key: "k" }, false, shortcuts)).toBeNull();
  expect(findShortcut({ ...plain, key: "?" }, false, shortcuts)).toBe(shortcuts.onHelp);
  expect(findShortcut({ ...plain, key: "?" }, true, shortcuts)).toBeNull();
  findShortcut({ ...plain, key: "ArrowUp", altKey: true }, true, shortcuts)?.();
  expect(shortcuts.onStep).toHaveBeenCalledWith(-1);
});

test("own messages, muted conversations, blocked people and strangers are no news", () => {
  const message = {
    id: "m",
    conversationId: "c",
    senderId: "peer",
    text: "hello",
    createdAt: "2026-03-18T12:00:00.000000Z",
    state: "unread" as const,
  };
  const conversation = {
    id: "c",
    kind: "direct" as const,
    members: [],
    peer: { id: "peer", username: "bob", publicKey: "k" },
    keyChanged: false,
    keyRefused: false,
    keyChanges: [],
    verified: false,
    blocked: false,
    request: false,
    muted: false,
    pinned: false,
    archived: false,
    createdAt: "2026-03-18T12:00:00.000000Z",
    lastMessage: null,
    unreadCount: 1,
    draft: "",
  };
  expect(isNews(message, conversation, "me")).toBe(true);
  expect(isNews({ ...message, senderId: "me" }, conversation, "me")).toBe(false);
  expect(isNews(message, { ...conversation, muted: true }, "me")).toBe(false);
  expect(isNews(message, { ...conversation, blocked: true }, "me")).toBe(false);
  expect(isNews(message, { ...conversation, request: true }, "me")).toBe(false);
  expect(isNews(message, undefined, "me")).toBe(false);
});

test("a notification has the words without their marks, and no more of them than it can show", () => {
  const message = {
    id: "m",
    conversationId: "c",
    senderId: "peer",
    text: "**Today**, see [the plan](https://plan.example)",
    createdAt: "2026-03-18T12:00:00.000000Z",
    state: "unread" as const,
  };
  expect(toNotice(t, message)).toBe("Today, see the plan");
  expect(toNotice(t, { ...message, text: "word ".repeat(3_000) })).toMatch(/^(word ){40}…$/);
  expect(toNotice(t, { ...message, text: "", problem: "unreadable" })).toMatch(/could not be opened/);
});

test("who was signed in is read from among the cookies", () => {
  expect(findKnownUser("a=1; sotto_name=ada.lovelace; b=2")).toBe("ada.lovelace");
  expect(findKnownUser("sotto_names=x")).toBeNull();
  expect(findKnownUser("sotto_name=")).toBeNull();
  expect(findKnownUser("")).toBeNull();
});

const id = "00000000-0000-4000-8000-000000000001";
const records: ExportRecord[] = [
  {
    kind: "account",
    format: "sotto-export-1",
    exportedAt: "2026-03-18T12:00:00.000Z",
    user: { id, username: "ada" },
  },
  {
    kind: "conversation",
    id,
    createdAt: "2026-03-18T12:00:00.000000Z",
    members: [{ id, username: "ada", publicKey: "k" }],
    complete: true,
  },
  {
    kind: "message",
    message: {
      id,
      conversationId: id,
      senderId: id,
      text: `<script>alert("1")</script> & more`,
      createdAt: "2026-03-18T12:00:00.000000Z",
      state: "read",
    },
  },
];

test("an export as data is one JSON array of the records", async () => {
  const file = createJsonFile();
  for (const record of records) file.add(record);
  expect(JSON.parse(await file.finish().text())).toEqual(records);
  expect(JSON.parse(await createJsonFile().finish().text())).toEqual([]);
});

test("an export as a page shows what was written, and runs nothing of it", async () => {
  await loadLaterWords();
  const file = createHtmlFile(t, "en", "ltr");
  for (const record of records) file.add(record);
  const html = await file.finish().text();
  expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more");
  expect(html).not.toContain("<script");
  expect(html).toContain("Messages of ada");
});
