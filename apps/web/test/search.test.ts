import { expect, test } from "vitest";
import type { Conversation } from "@sotto/client";
import { toExcerpt } from "../src/features/search/excerpt.ts";
import { findConversations, toItems } from "../src/features/search/palette-items.ts";
import { noFilters, toQuery } from "../src/features/search/search-filters.tsx";

const conversation = (id: string, username: string): Conversation => ({
  id,
  kind: "direct",
  members: [],
  peer: { id: `user-${id}`, username, publicKey: "k" },
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
  unreadCount: 0,
  draft: "",
});
const message = (id: string, conversationId: string) => ({
  id,
  conversationId,
  senderId: "me",
  text: "the green cover",
  createdAt: "2026-03-18T12:00:00.000000Z",
  state: "read" as const,
});

test("an excerpt shows what was found, and enough around it", () => {
  expect(toExcerpt("the green\ncover", [{ start: 4, end: 9 }])).toEqual([
    { text: "the ", found: false },
    { text: "green", found: true },
    { text: " cover", found: false },
  ]);
  const long = `${"word ".repeat(60)}needle ${"more ".repeat(60)}`;
  const pieces = toExcerpt(long, [{ start: 300, end: 306 }]);
  expect(pieces.filter(({ found }) => found)).toEqual([{ text: "needle", found: true }]);
  expect(pieces[0]).toEqual({ text: "…", found: false });
  expect(pieces.at(-1)).toEqual({ text: "…", found: false });
  expect(pieces.map(({ text }) => text).join("").length).toBeLessThan(210);
});

test("an excerpt begins and ends between words, and never within a character", () => {
  const pieces = toExcerpt(`covers ${"coco ".repeat(60)}`, [
    { start: 0, end: 6 },
    ...Array.from({ length: 60 }, (_, index) => ({ start: 7 + index * 5, end: 11 + index * 5 })),
  ]);
  const marked = pieces.flatMap(({ found, text }) => (found ? [text] : []));
  expect(new Set(marked)).toEqual(new Set(["covers", "coco"]));
  const smiles = "\u{1f600}".repeat(150);
  for (const [text, start] of [
    [`${smiles}a${smiles}`, smiles.length + 1],
    [`${smiles}\u{1f600}a${smiles}`, smiles.length],
  ] as const) {
    const shown = toExcerpt(text, [{ start, end: start + 2 }]);
    expect(shown.filter(({ found }) => found)).toEqual([{ text: "\u{1f600}", found: true }]);
    for (const piece of shown) expect(piece.text).not.toMatch(/\p{Surrogate}/u);
  }
});

test("ranges that overlap or lie behind the excerpt are drawn once or not at all", () => {
  const pieces = toExcerpt("abcdef", [
    { start: 0, end: 3 },
    { start: 2, end: 4 },
    { start: 900, end: 901 },
  ]);
  expect(pieces.map(({ text }) => text).join("")).toBe("abcdef");
  expect(pieces[0]).toEqual({ text: "abc", found: true });
});

test("a conversation is found by the beginning of any part of a name", () => {
  const all = [conversation("1", "ada.lovelace"), conversation("2", "Lovis"), conversation("3", "clara")];
  const found = (text: string) => findConversations(all, text).map(({ id }) => id);
  expect(found("lov")).toEqual(["1", "2"]);
  expect(found("")).toEqual(["1", "2", "3"]);
  expect(found("ove")).toEqual([]);
});

test("people with a conversation are not offered twice, and messages of unknown conversations not at all", () => {
  const known = conversation("1", "ada");
  const items = toItems({
    conversations: [known],
    matching: [known],
    people: [known.peer, { id: "new", username: "adam", publicKey: "k" }],
    results: [
      { message: message("m1", "1"), ranges: [] },
      { message: message("m2", "gone"), ranges: [] },
    ],
  });
  expect(items.map(({ kind, id }) => [kind, id])).toEqual([
    ["conversation", "1"],
    ["person", "new"],
    ["message", "m1"],
  ]);
});

test("a search between two days has both of them whole, and nothing is searched for nothing", () => {
  expect(toQuery("", noFilters)).toBeNull();
  expect(toQuery("green", noFilters)).toEqual({ text: "green", limit: 40 });
  const query = toQuery("", { from: "user-1", since: "2026-03-18", until: "2026-03-18" });
  expect(query).toMatchObject({ text: "", from: "user-1" });
  expect(new Date(query?.after ?? "").getTime()).toBe(new Date(2026, 2, 18).getTime() - 1);
  expect(new Date(query?.before ?? "").getTime()).toBe(new Date(2026, 2, 19).getTime());
});
