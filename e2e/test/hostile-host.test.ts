import { createMessenger, memoryStore } from "@sotto/client";
import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, password, type Person, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";
import { tamper as tamperWith } from "../src/tamper.ts";

/*
 * The host owns the database and may write into it whatever it likes. Each test does so to a real one, and shows that
 * a device refuses or shows what comes of it.
 */
let server: ServerProcess;
let count = 0;
beforeAll(async () => {
  server = await startServerProcess("postgres");
});
afterAll(() => server[Symbol.asyncDispose]());

const tamper = (statement: RawBuilder<unknown>) => tamperWith(server, statement);

/** Two people, one message from the first to the second, and what a new device of the second reads. */
async function talk(
  run: (parts: { from: Person; to: Person; chatId: string; messageId: string }) => Promise<void>,
) {
  count += 1;
  await using from = await signUp(server.url, `from-${count}`);
  await using to = await signUp(server.url, `reader-${count}`);
  const got = collect(to, "message");
  const chat = await from.openDirect(to.name);
  const { id } = await from.send(chat.id, { text: "as it was written" });
  await got.until(({ length }) => length === 1);
  await run({ from, to, chatId: chat.id, messageId: id });
}

async function readAnew(name: string, chatId: string) {
  await using device = await signIn(server.url, name);
  return (await device.history(chatId)).map(({ text, problem }) => problem ?? text);
}

const copyWith = (
  messageId: string,
  columns: { sender?: string; recipient?: string; id?: boolean; content?: string },
) => sql`
  insert into messages (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at)
  select conversation_id, ${columns.id === true ? sql`gen_random_uuid()` : sql`id`},
    ${sql.raw(columns.sender ?? "sender_id")}, ${sql.raw(columns.recipient ?? "recipient_id")},
    ${sql.raw(columns.content ?? "encrypted_content")}, created_at + interval '1 millisecond'
  from messages where id = ${messageId}::uuid`;

test("a replay under another id does not open", () =>
  talk(async ({ to, chatId, messageId }) => {
    await tamper(copyWith(messageId, { id: true }));
    expect(await readAnew(to.name, chatId)).toEqual(["unreadable", "as it was written"]);
  }));

test("a message that is reflected to its sender does not open as the other's", () =>
  talk(async ({ to, chatId, messageId }) => {
    await tamper(copyWith(messageId, { id: true, sender: "recipient_id", recipient: "sender_id" }));
    await tamper(sql`delete from messages where id = ${messageId}::uuid`);
    expect(await readAnew(to.name, chatId)).toEqual(["unreadable"]);
  }));

test("a message that is put under another sender's name does not open", () =>
  talk(async ({ to, chatId, messageId }) => {
    await using mallory = await signUp(server.url, `mallory-${count}`);
    await tamper(
      sql`update messages set sender_id = ${mallory.user?.id}::uuid where id = ${messageId}::uuid`,
    );
    expect(await readAnew(to.name, chatId)).toEqual(["unreadable"]);
  }));

test("a message that is moved to another conversation does not open there", () =>
  talk(async ({ to, messageId }) => {
    await using other = await signUp(server.url, `other-${count}`);
    const elsewhere = await other.openDirect(to.name);
    await tamper(
      sql`update messages set conversation_id = ${elsewhere.id}::uuid where id = ${messageId}::uuid`,
    );
    expect(await readAnew(to.name, elsewhere.id)).toEqual(["unreadable"]);
  }));

/** Byte 3 of an envelope is the version of its format, byte 4 the suite of its ciphers. */
test.each([
  ["an older version", 3, "00"],
  ["a version of the future", 3, "02"],
  ["a weaker suite", 4, "00"],
  ["another suite", 4, "02"],
])("%s of the format is not read as version 1, suite 1", (_name, place, byte) =>
  talk(async ({ to, chatId, messageId }) => {
    await tamper(sql`update messages set encrypted_content =
      replace(encode(overlay(decode(encrypted_content, 'base64') placing decode(${byte}, 'hex') from ${sql.lit(place)} for 1), 'base64'), E'\n', '')
      where id = ${messageId}::uuid`);
    expect(await readAnew(to.name, chatId)).toEqual(["unsupported"]);
  }),
);

test("a single changed bit does not open", () =>
  talk(async ({ to, chatId, messageId }) => {
    await tamper(sql`update messages set encrypted_content =
      replace(encode(set_bit(decode(encrypted_content, 'base64'), 800, 1 - get_bit(decode(encrypted_content, 'base64'), 800)), 'base64'), E'\n', '')
      where id = ${messageId}::uuid`);
    expect(await readAnew(to.name, chatId)).toEqual(["unreadable"]);
  }));

test("a receipt for a message that was never sent, and one that goes back, change nothing", () =>
  talk(async ({ from, to, chatId, messageId }) => {
    const receipts = collect(from, "receipt");
    await to.markRead(chatId, messageId);
    await receipts.until((seen) => seen.some(({ state }) => state === "read"));
    const before = receipts.seen.length;
    const event = (state: string, ids: string) => sql`
      with counter as (
        update feed_counters set last_seq = last_seq + 1 where user_id = ${from.user?.id}::uuid returning last_seq
      )
      insert into feed_events (user_id, seq, tag, kind, conversation_id, detail, created_at)
      select ${from.user?.id}::uuid, last_seq, substr(md5(random()::text), 1, 16), 'receipt', ${chatId}::uuid,
        (select detail || jsonb_build_object('state', ${state}::text, 'messageIds', jsonb_build_array(${ids}::text))
          from feed_events where user_id = ${from.user?.id}::uuid and kind = 'receipt' order by seq desc limit 1), now()
      from counter`;
    await tamper(event("delivered", messageId));
    await tamper(event("read", "00000000-0000-4000-8000-000000000000"));
    // What comes behind them in the feed shows that both were met.
    const messages = collect(from, "message");
    await to.send(chatId, { text: "after" });
    await messages.until(({ length }) => length === 1);
    expect(receipts.seen.slice(before)).toEqual([]);
    expect((await from.history(chatId)).map(({ text, state }) => [text, state])).toEqual([
      ["after", "unread"],
      ["as it was written", "read"],
    ]);
  }));

test("a feed that is rolled back or renumbered is noticed, and loaded anew", () =>
  talk(async ({ from, to, chatId, messageId }) => {
    await server.stop();
    await tamper(sql`delete from messages where id = ${messageId}::uuid`);
    await tamper(sql`delete from feed_events where user_id = ${to.user?.id}::uuid`);
    await tamper(
      sql`update feed_counters set last_seq = 0, acknowledged_seq = 0 where user_id = ${to.user?.id}::uuid`,
    );
    await server.start();
    await from.send(chatId, { text: "after the backup" });
    await expect
      .poll(async () => (await to.history(chatId)).map(({ text }) => text), { timeout: 60_000 })
      .toEqual(["after the backup"]);
  }));

test("the beginning of a conversation that is cut off is missed by number", () =>
  talk(async ({ from, to, chatId, messageId }) => {
    const got = collect(to, "message");
    await from.send(chatId, { text: "the second" });
    await got.until(({ length }) => length === 1);
    await tamper(sql`delete from messages where id = ${messageId}::uuid`);
    await using device = await signIn(server.url, to.name);
    expect(await device.history(chatId)).toMatchObject([{ text: "the second", missingBefore: 1 }]);
  }));

test("a message that the feed brings again is neither shown nor announced twice", () =>
  talk(async ({ from, to, chatId, messageId }) => {
    const got = collect(to, "message");
    await tamper(sql`
      with counter as (
        update feed_counters set last_seq = last_seq + 1 where user_id = ${to.user?.id}::uuid returning last_seq
      )
      insert into feed_events (user_id, seq, tag, kind, conversation_id, message_id, recipient_id, created_at)
      select ${to.user?.id}::uuid, counter.last_seq, substr(md5(random()::text), 1, 16), kind, conversation_id,
        message_id, recipient_id, now()
      from feed_events, counter where user_id = ${to.user?.id}::uuid and message_id = ${messageId}::uuid`);
    await from.send(chatId, { text: "after" });
    await got.until((seen) => seen.some(({ text }) => text === "after"));
    expect(got.seen.map(({ text }) => text)).toEqual(["after"]);
    expect((await to.history(chatId)).map(({ text }) => text)).toEqual(["after", "as it was written"]);
  }));

test("a feed whose events have other tags than those that were seen is noticed, and loaded anew", () =>
  talk(async ({ from, to, chatId, messageId }) => {
    await server.stop();
    await tamper(sql`delete from messages where id = ${messageId}::uuid`);
    await tamper(sql`update feed_events set tag = reverse(tag) where user_id = ${to.user?.id}::uuid`);
    await server.start();
    await from.send(chatId, { text: "in another feed" });
    await expect
      .poll(async () => (await to.history(chatId)).map(({ text }) => text), { timeout: 60_000 })
      .toEqual(["in another feed"]);
  }));

test("account data that is rolled back is not used: the device says so and stores its own again", () =>
  talk(async ({ from }) => {
    const warned = collect(from, "warning");
    const pins = async () => {
      const rows = await tamperWith(
        server,
        sql<{ version: number }>`select version from account_data where user_id = ${from.user?.id}::uuid`,
      );
      return rows[0]?.version ?? 0;
    };
    await expect.poll(pins, { timeout: 20_000 }).toBeGreaterThan(0);
    await tamper(sql`delete from account_data where user_id = ${from.user?.id}::uuid`);
    await tamper(sql`
      with counter as (
        update feed_counters set last_seq = last_seq + 1 where user_id = ${from.user?.id}::uuid returning last_seq
      )
      insert into feed_events (user_id, seq, tag, kind, detail, created_at)
      select ${from.user?.id}::uuid, last_seq, substr(md5(random()::text), 1, 16), 'account',
        jsonb_build_object('version', 1), now() from counter`);
    await warned.until(({ length }) => length > 0);
    expect(warned.seen[0]).toEqual({ code: "account-data-rolled-back" });
    await expect.poll(pins, { timeout: 20_000 }).toBeGreaterThan(0);
  }));

test("somebody else in a known conversation is not believed: it is left out, and the person is told", () =>
  talk(async ({ from, to, chatId }) => {
    await using mallory = await signUp(server.url, `intruder-${count}`);
    await tamper(sql`update conversation_members set user_id = ${mallory.user?.id}::uuid
      where conversation_id = ${chatId}::uuid and user_id = ${to.user?.id}::uuid`);
    const store = memoryStore();
    const device = await createMessenger({ url: server.url, store });
    const warned = collect(device, "warning");
    await device.signIn({ username: from.name, password });
    await warned.until(({ length }) => length > 0);
    expect(warned.seen[0]).toEqual({ code: "untrusted-answer" });
    expect(await device.conversations()).toEqual([]);
    await device.close();
  }));

test("a known name under another id is the known person with a changed key", () =>
  talk(async ({ from, to }) => {
    await from.setVerified((await from.openDirect(to.name)).peer.id, true);
    await using mallory = await signUp(server.url, `double-${count}`);
    await tamper(sql`update users set username = username || '-old' where id = ${to.user?.id}::uuid`);
    await tamper(sql`update users set username = ${to.name} where id = ${mallory.user?.id}::uuid`);
    const swapped = await from.openDirect(to.name);
    expect(swapped).toMatchObject({ keyChanged: true, verified: false });
    await expect(from.send(swapped.id, { text: "to whom?" })).rejects.toMatchObject({ code: "key-changed" });
  }));
