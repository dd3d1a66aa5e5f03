import { expect, test } from "vitest";
import type { ExportRecord } from "@sotto/client";
import { createHtmlFile } from "../src/features/settings/export-files.ts";
import type { Translate } from "../src/lib/i18n.ts";
import { i18n, loadLaterWords } from "../src/lib/language.ts";

const t = i18n.t.bind(i18n) as Translate;
const [me, bob] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
const createdAt = "2026-03-18T12:00:00.000000Z";

function message(more: object): ExportRecord {
  return {
    kind: "message",
    message: { id: "first", conversationId: "c", senderId: me, text: "", createdAt, state: "read", ...more },
  };
}

async function toPage(messages: ExportRecord[]): Promise<string> {
  await loadLaterWords();
  const file = createHtmlFile(t, "en", "ltr");
  file.add({
    kind: "account",
    format: "sotto-export-1",
    exportedAt: createdAt,
    user: { id: me, username: "ada" },
  });
  const members = [
    { id: me, username: "ada", publicKey: "" },
    { id: bob, username: "bob", publicKey: "" },
  ];
  file.add({ kind: "conversation", id: "c", createdAt, members, complete: true });
  for (const each of messages) file.add(each);
  return file.finish().text();
}

/** The words of each message, a part of it on a line. */
async function toLines(messages: ExportRecord[]): Promise<string[][]> {
  const html = await toPage(messages);
  return html
    .split("<article>")
    .slice(1)
    .map((article) =>
      article
        .replaceAll(/ ?<time[^>]*>[^<]*<\/time>/g, "")
        .replaceAll(/<(\/?)(blockquote|p|li|summary|small)[^>]*>/g, (_, end: string, name: string) =>
          end === "" ? `\n${name}: ` : "",
        )
        .replaceAll(/<[^>]+>/g, "")
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "li:" && line !== ""),
    );
}

test("an export as a page says of each message what it answers, that it was passed on, and what became of it", async () => {
  const lines = await toLines([
    message({ text: "The *cover* is <green>." }),
    message({ id: "second", senderId: bob, replyTo: "first", text: "Finally!", state: "unread" }),
    message({ id: "third", senderId: bob, replyTo: "elsewhere", forwarded: true, text: "See?" }),
    message({ id: "fourth", text: "Late.", state: "refused" }),
    message({ id: "fifth", senderId: bob, text: "Old.", state: "imported" }),
  ]);
  expect(lines).toEqual([
    ["ada", "small: · Read", "p: The *cover* is &lt;green&gt;."],
    ["bob", "blockquote: ada The cover is &lt;green&gt;.", "p: Finally!"],
    ["bob", "p: Forwarded", "blockquote: This message is not on this device.", "p: See?"],
    ["ada", "small: · Refused", "p: Late."],
    ["bob", "small: · Imported", "p: Old."],
  ]);
});

test("an export as a page keeps what a message said before and who reacted, and of a deleted one nothing", async () => {
  const edits = [{ text: "at <tne>", createdAt }];
  const reactions = [
    { emoji: "👍", userIds: [bob, me] },
    { emoji: "❤️", userIds: ["somebody"] },
  ];
  const lines = await toLines([
    message({ text: "at ten", state: "delivered", editedAt: createdAt, edits, reactions }),
    message({ id: "second", text: "", deleted: true, replyTo: "first" }),
    message({ id: "third", text: "So?", replyTo: "second", state: "sent" }),
  ]);
  expect(lines).toEqual([
    [
      "ada",
      "small: · Delivered",
      "p: at ten",
      "summary: edited",
      "p: at &lt;tne&gt;",
      "p: 👍 bob, ada · ❤️ ?",
    ],
    ["ada", "p: Deleted"],
    ["ada", "small: · Sent", "blockquote: ada Deleted", "p: So?"],
  ]);
});

test("an export as a page tells when an own message was read", async () => {
  await loadLaterWords();
  const file = createHtmlFile(t, "en", "ltr");
  file.add(message({ readAt: "2026-03-19T12:00:00.000000Z", senderId: "" }));
  expect(await file.finish().text()).toContain('<time datetime="2026-03-19T12:00:00.000000Z">');
});

test("an export as a page heads a conversation with the other one's name", async () => {
  expect(await toPage([])).toContain("<h2>bob</h2>");
});
