import { sql } from "kysely";
import { expect, test } from "vitest";
import { collect, signIn, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";
import { tamper } from "../src/tamper.ts";

test("messages that the host deletes are missed by number, and a changed order is shown", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const got = collect(ben, "message");
  const ids: string[] = [];
  for (const text of ["one", "two", "three", "four", "five"])
    ids.push((await ada.send(chat.id, { text })).id);
  await got.until(({ length }) => length === 5);
  expect((await ben.history(chat.id)).some((message) => message.missingBefore ?? message.tampered)).toBe(
    false,
  );

  await tamper(server, sql`delete from messages where id = any(${[ids[1], ids[2]]}::uuid[])`);
  await using second = await signIn(server.url, "ben");
  const view = (await second.history(chat.id)).map(({ text, missingBefore }) => [text, missingBefore]);
  expect(view).toEqual([
    ["five", undefined],
    ["four", 2],
    ["one", undefined],
  ]);

  await tamper(
    server,
    sql`update messages set created_at = created_at + interval '1 hour' where id = ${ids[3]}::uuid`,
  );
  await using third = await signIn(server.url, "ben");
  const moved = (await third.history(chat.id)).map(({ text, tampered }) => [text, tampered]);
  expect(moved).toEqual([
    ["four", undefined],
    ["five", true],
    ["one", undefined],
  ]);
});

test("an end that the host cuts off passes unnoticed, until the sender writes again", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const ids: string[] = [];
  for (const text of ["one", "two", "three"]) ids.push((await ada.send(chat.id, { text })).id);
  const view = async () => {
    await using device = await signIn(server.url, "ben");
    return (await device.history(chat.id)).map(({ text, missingBefore }) => [text, missingBefore]);
  };

  await tamper(server, sql`delete from messages where id = any(${ids.slice(1)}::uuid[])`);
  expect(await view()).toEqual([["one", undefined]]);

  const got = collect(ben, "message");
  await ada.send(chat.id, { text: "four" });
  await got.until((seen) => seen.some(({ text }) => text === "four"));
  expect(await view()).toEqual([
    ["four", 2],
    ["one", undefined],
  ]);
});

test("a message that was refused for good is not missed: the next one names its number", async () => {
  await using server = await startServerProcess("postgres");
  await using ada = await signUp(server.url, "ada");
  await using ben = await signUp(server.url, "ben");
  const chat = await ada.openDirect("ben");
  const got = collect(ben, "message");
  await ada.send(chat.id, { text: "one" });

  await tamper(server, sql`delete from conversation_members where user_id = ${ada.user?.id}::uuid`);
  await expect(ada.send(chat.id, { text: "two" })).rejects.toMatchObject({ code: "unknown-conversation" });
  const [refused] = await ada.history(chat.id, { limit: 1 });
  expect(refused).toMatchObject({
    text: "two",
    state: "refused",
    refusal: expect.stringMatching(/conversation/),
  });

  await tamper(
    server,
    sql`insert into conversation_members (conversation_id, user_id) values (${chat.id}::uuid, ${ada.user?.id}::uuid)`,
  );
  await ada.send(chat.id, { text: "three" });
  await got.until(({ length }) => length === 2);
  const seen = await ben.history(chat.id);
  expect(seen.map(({ text }) => text)).toEqual(["three", "one"]);
  expect(seen.some((message) => message.missingBefore ?? message.tampered)).toBe(false);
});
