import type { HistoryPage } from "@sotto/client";
import { openDatabase } from "@sotto/db";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { collect, type Person, signIn, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";

/** Waits until the conversation looks as `done` says, as this person's device shows it. */
async function seen(who: Person, conversationId: string, done: (texts: string[]) => boolean): Promise<void> {
  const changes = collect(who, "messages");
  for (let count = 0; ; count += 1) {
    if (done((await who.history(conversationId)).map(describe))) return;
    await changes.until(({ length }) => length > count);
  }
}

function describe(message: Awaited<ReturnType<Person["history"]>>[number]): string {
  const { text, edits = [], deleted, reactions = [] } = message;
  if (deleted === true) return "(deleted)";
  const marks = reactions.map(({ emoji, userIds }) => `${emoji}${userIds.length}`).join(" ");
  return [text, edits.length > 0 ? `(${edits.map((edit) => edit.text).join(", ")})` : "", marks]
    .filter((part) => part !== "")
    .join(" ");
}

test("replies, edits, deletions and reactions reach both people and a new device, and are no messages of their own", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const got = collect(ben, "message");
  const first = await ada.send(chat.id, { text: "frist" });
  const second = await ada.send(chat.id, { text: "to be deleted", replyTo: first.id });
  await got.until(({ length }) => length === 2);
  expect(got.seen[1]).toMatchObject({ replyTo: first.id });

  await ada.edit(chat.id, first.id, "first");
  await ben.react(chat.id, first.id, "❤️");
  await ben.react(chat.id, first.id, "👍");
  await ada.react(chat.id, first.id, "👍");
  await ada.deleteMessage(chat.id, second.id);
  const forwarded = await ben.send(chat.id, { text: "passed on", forwarded: true });
  const expected = ["passed on", "(deleted)", "first (frist) 👍2"];
  const same = (texts: string[]) => JSON.stringify(texts) === JSON.stringify(expected);
  await seen(ada, chat.id, same);
  await seen(ben, chat.id, same);
  expect(got.seen).toHaveLength(2);
  await using second_ = await signIn(server.url, "ben");
  await seen(second_, chat.id, same);
  expect(await second_.message(chat.id, forwarded.id)).toMatchObject({ forwarded: true });

  const [listed] = await second_.conversations();
  expect(listed).toMatchObject({ unreadCount: 2, lastMessage: { text: "passed on" } });
  await ben.markRead(chat.id, second.id);
  expect((await ben.conversations())[0]?.unreadCount).toBe(0);

  await expect(ben.edit(chat.id, first.id, "mine")).rejects.toMatchObject({ code: "not-yours" });
  await expect(ada.react(chat.id, second.id, "👍")).rejects.toMatchObject({ code: "not-possible" });
  await expect(ada.react(chat.id, first.id, "ok")).rejects.toMatchObject({ code: "bad-input" });
  await ada.unreact(chat.id, first.id);
  await seen(ben, chat.id, (texts) => texts.at(-1) === "first (frist) 👍1");
});

test("changes show at once while the server is away, and arrive once when it is back", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const { id } = await ada.send(chat.id, { text: "one" });
  await server.kill();
  const queued = collect(ada, "messages");
  const later = [
    ada.edit(chat.id, id, "two"),
    ada.react(chat.id, id, "👍"),
    ada.send(chat.id, { text: "three" }),
  ];
  await queued.until(({ length }) => length >= 3);
  expect((await ada.history(chat.id)).map(describe)).toEqual(["three", "two (one) 👍1"]);
  await server.start();
  await Promise.all(later);
  await seen(ben, chat.id, (texts) => texts.join() === "three,two (one) 👍1");
});

test("a message far back is reached with its neighbours, and a reaction to it that came first is there", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const got = collect(ben, "message");
  const sent = await Promise.all(
    Array.from({ length: 30 }, (_, index) => ada.send(chat.id, { text: String(index) })),
  );
  await got.until(({ length }) => length === 30);
  const id = sent[3]?.id ?? "";
  await ben.react(chat.id, id, "👍");

  await using later = await signIn(server.url, "ada");
  expect(await later.message(chat.id, id)).toBeNull();
  const page = async (options: HistoryPage) =>
    (await later.history(chat.id, options)).map(describe).join(", ");
  expect(await page({ around: id, limit: 5 })).toBe("5, 4, 3 👍1, 2, 1");
  expect(await page({ around: sent[0]?.id ?? "", limit: 5 })).toBe("2, 1, 0");
  expect(await page({ after: id, limit: 2 })).toBe("5, 4");
  expect(await page({ after: sent[27]?.id ?? "", limit: 5 })).toBe("29, 28");
  expect(await page({ before: id, limit: 2 })).toBe("2, 1");
  expect(await page({ after: sent[29]?.id ?? "" })).toBe("");
  await expect(later.history(chat.id, { around: chat.id })).rejects.toMatchObject({
    code: "unknown-message",
  });
});

test("a message that was refused can be sent again, with what it answers, or dropped; an edit that was refused shows no more", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const got = collect(ben, "message");
  const first = await ada.send(chat.id, { text: "one" });
  const { db, close } = await openDatabase({ databaseUrl: server.databaseUrl ?? "" });
  await sql`create table kept as select * from conversation_members`.execute(db);
  await sql`delete from conversation_members where user_id = ${ada.user?.id}::uuid`.execute(db);
  const gone = { code: "unknown-conversation" };
  await expect(ada.send(chat.id, { text: "two", replyTo: first.id })).rejects.toMatchObject(gone);
  await expect(ada.send(chat.id, { text: "three" })).rejects.toMatchObject(gone);
  await expect(ada.edit(chat.id, first.id, "changed")).rejects.toMatchObject(gone);
  const [three, two, one] = await ada.history(chat.id);
  expect([one?.text, two?.state, three?.state]).toEqual(["one", "refused", "refused"]);

  await sql`insert into conversation_members select * from kept on conflict do nothing`.execute(db);
  await close();
  await ada.retry(chat.id, two?.id ?? "");
  await ada.discard(chat.id, three?.id ?? "");
  await expect(ada.retry(chat.id, first.id)).rejects.toMatchObject({ code: "not-possible" });
  await got.until(({ length }) => length === 2);
  expect(got.seen[1]).toMatchObject({ text: "two", replyTo: first.id });
  expect((await ada.history(chat.id)).map(({ text }) => text)).toEqual(["two", "one"]);
  expect((await ben.history(chat.id)).map(({ missingBefore }) => missingBefore)).toEqual([
    undefined,
    undefined,
  ]);
});
