import { openDatabase } from "@sotto/db";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { collect, type Person, signIn, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
let count = 0;
beforeAll(async () => {
  server = await startServerProcess("postgres");
});
afterEach(() => vi.useRealTimers());
afterAll(() => server[Symbol.asyncDispose]());

/** Two people, and one message from the second, who will be blocked by the first. */
async function talk(
  run: (parts: { blocker: Person; blocked: Person; chatId: string; peerId: string }) => Promise<void>,
) {
  count += 1;
  await using blocker = await signUp(server.url, `blocker-${count}`);
  await using blocked = await signUp(server.url, `blocked-${count}`);
  const got = collect(blocker, "message");
  const chat = await blocked.openDirect(blocker.name);
  await blocked.send(chat.id, { text: "before" });
  await got.until(({ length }) => length === 1);
  await run({ blocker, blocked, chatId: chat.id, peerId: blocked.user?.id ?? "" });
}

async function view(person: Person, chatId: string) {
  return (await person.history(chatId)).map(({ text, missingBefore, tampered }) => {
    const wrong = tampered === true ? "tampered" : missingBefore;
    return wrong === undefined ? text : [text, wrong];
  });
}

async function isBlocked(person: Person): Promise<boolean | undefined> {
  return (await person.conversations())[0]?.blocked;
}

test("a blocked person's messages stay at one check, are never shown and never missed", () =>
  talk(async ({ blocker, blocked, chatId, peerId }) => {
    const heard = collect(blocker, "message");
    const receipts = collect(blocked, "receipt");
    await blocker.block(peerId);
    expect(await isBlocked(blocker)).toBe(true);
    const withheld = [
      await blocked.send(chatId, { text: "during, one" }),
      await blocked.send(chatId, { text: "during, two" }),
    ];
    await blocker.unblock(peerId);
    expect(await isBlocked(blocker)).toBe(false);
    await blocked.send(chatId, { text: "after" });
    await heard.until(({ length }) => length === 1);
    expect(heard.seen).toMatchObject([{ text: "after" }]);
    expect(heard.seen[0]).not.toHaveProperty("missingBefore");
    expect(await view(blocker, chatId)).toEqual(["after", "before"]);

    const [last] = await blocker.history(chatId);
    await blocker.markRead(chatId, last?.id ?? "");
    await receipts.until((seen) =>
      seen.some(({ messageId, state }) => messageId === last?.id && state === "read"),
    );
    const told = new Set(receipts.seen.map(({ messageId }) => messageId));
    expect(withheld.filter(({ id }) => told.has(id))).toEqual([]);
    for (const device of [blocked, await signIn(server.url, blocked.name)]) {
      expect((await device.history(chatId)).map(({ text, state }) => [text, state])).toEqual([
        ["after", "read"],
        ["during, two", "sent"],
        ["during, one", "sent"],
        ["before", "read"],
      ]);
      if (device !== blocked) await device.close();
    }

    // A new browser knows the times of the block from the account data.
    await using second = await signIn(server.url, blocker.name);
    expect(await view(second, chatId)).toEqual(["after", "before"]);
  }));

test("a block shows on the person's other devices, and nobody writes to whom they have blocked", () =>
  talk(async ({ blocker, blocked, chatId, peerId }) => {
    await using second = await signIn(server.url, blocker.name);
    await blocker.block(peerId);
    await expect.poll(() => isBlocked(second), { timeout: 20_000 }).toBe(true);
    expect(await second.blocked()).toMatchObject([{ username: blocked.name }]);
    await expect(second.send(chatId, { text: "to whom?" })).rejects.toMatchObject({
      code: "blocked",
      message: `You have blocked ${blocked.name}, so nothing was sent. Unblock them first.`,
    });
    await second.unblock(peerId);
    await expect.poll(() => isBlocked(blocker), { timeout: 20_000 }).toBe(false);
    await blocker.send(chatId, { text: "again" });
    expect(await view(second, chatId)).toContain("before");
  }));

test("messages that the host drops are missed as ever, whether or not there once was a block", () =>
  talk(async ({ blocker, blocked, chatId, peerId }) => {
    await using second = await signIn(server.url, blocker.name);
    // Longer ago than two clocks may differ.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 86_400_000 });
    await second.block(peerId);
    await second.unblock(peerId);
    vi.useRealTimers();
    for (const text of ["one", "two", "three"]) await blocked.send(chatId, { text });
    const { db, close } = await openDatabase({ databaseUrl: server.databaseUrl ?? "" });
    const [, two] = await blocked.history(chatId);
    await sql`delete from messages where id = ${two?.id}::uuid`.execute(db);
    await close();
    await using third = await signIn(server.url, blocker.name);
    expect(await view(third, chatId)).toEqual([["three", 1], "one", "before"]);
  }));

test("a block that was made while the server could not be reached is told to it later", () =>
  talk(async ({ blocker, blocked, chatId, peerId }) => {
    const offline = collect(blocker, "connection");
    await server.stop();
    await offline.until((seen) => seen.some((state) => state !== "online"));
    await blocker.block(peerId);
    expect(await isBlocked(blocker)).toBe(true);
    await server.start();
    await expect
      .poll(
        async () => {
          const { db, close } = await openDatabase({ databaseUrl: server.databaseUrl ?? "" });
          const rows = await db
            .selectFrom("user_blocks")
            .select("blocked_id")
            .where("blocker_id", "=", blocker.user?.id ?? "")
            .execute();
          await close();
          return rows.length;
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    await blocked.send(chatId, { text: "during" });
    await blocker.unblock(peerId);
    const heard = collect(blocker, "message");
    await blocked.send(chatId, { text: "after" });
    await heard.until(({ length }) => length === 1);
    expect(await view(blocker, chatId)).toEqual(["after", "before"]);
  }));

test("one cannot block oneself, nor nobody", () =>
  talk(async ({ blocker }) => {
    await expect(blocker.block(blocker.user?.id ?? "")).rejects.toMatchObject({ code: "to-yourself" });
    await expect(blocker.block("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({
      code: "unknown-user",
    });
    expect(await blocker.blocked()).toEqual([]);
  }));
