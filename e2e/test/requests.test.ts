import { memoryStore, type Messenger } from "@sotto/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, type Person, signIn, signUp, untilShown } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess("postgres");
});
afterAll(() => server[Symbol.asyncDispose]());

/** As the app has it on a person's device. */
const quiet = { quietRequests: true };
const signUpQuietly = (name: string) => signUp(server.url, name, memoryStore(), quiet);
const signInQuietly = (name: string) => signIn(server.url, name, memoryStore(), quiet);

/** A message that arrives, with its conversation as it is then. */
async function write(from: Person, to: Messenger, text: string) {
  const arrived = collect(to, "message");
  const chat = await from.openDirect(to.user?.username ?? "");
  const sent = await from.send(chat.id, { text });
  await arrived.until(({ length }) => length === 1);
  return { ...sent, chatId: chat.id };
}

test("who writes first is a request, and hears nothing of what is read or written until they are accepted", async () => {
  await using ada = await signUpQuietly("ada");
  await using tablet = await signInQuietly("ada");
  await using ben = await signUp(server.url, "ben");
  const typing = { ada: collect(ada, "typing"), ben: collect(ben, "typing") };
  const receipts = collect(ben, "receipt");

  const first = await write(ben, ada, "do you know me?");
  await untilShown(ada, ({ request, unreadCount }) => request && unreadCount === 1);
  await untilShown(tablet, ({ request, unreadCount }) => request && unreadCount === 1);
  expect((await ben.conversations())[0]?.request).toBe(false);
  await ada.markRead(first.chatId, first.id);
  await untilShown(tablet, ({ unreadCount }) => unreadCount === 0);
  await ada.sendTyping(first.chatId);
  await ben.sendTyping(first.chatId);
  await write(ben, ada, "hello?");
  await receipts.until((seen) => seen.length === 2);
  expect(receipts.seen.map(({ state }) => state)).toEqual(["delivered", "delivered"]);

  await tablet.acceptRequest(first.chatId);
  await untilShown(ada, ({ request }) => !request);
  await using fresh = await signInQuietly("ada");
  expect(await untilShown(fresh, () => true)).toMatchObject({ request: false });
  await ada.sendTyping(first.chatId);
  await typing.ben.until((seen) => seen.length > 0);
  await ben.sendTyping(first.chatId);
  await typing.ada.until((seen) => seen.length > 0);
  expect([typing.ada.seen.length, typing.ben.seen.length]).toEqual([1, 1]);
  const last = await write(ben, ada, "there you are");
  await ada.markRead(last.chatId, last.id);
  await receipts.until((seen) =>
    seen.some(({ state, messageId }) => state === "read" && messageId === last.id),
  );
});

test("who answers has accepted, on all devices", async () => {
  await using cleo = await signUpQuietly("cleo");
  await using tablet = await signInQuietly("cleo");
  await using dora = await signUp(server.url, "dora");
  const { chatId, id } = await write(dora, cleo, "are you the cleo from the choir?");
  await untilShown(tablet, ({ request }) => request);
  await cleo.react(chatId, id, "👍");
  await untilShown(cleo, ({ request }) => !request);
  await untilShown(tablet, ({ request }) => !request);
});

test("whom one looked for oneself is never a request, wherever the answer comes in", async () => {
  await using emil = await signUpQuietly("emil");
  await using tablet = await signInQuietly("emil");
  await using fay = await signUp(server.url, "fay");
  await emil.openDirect("fay");
  await write(fay, tablet, "I saw that you opened this");
  await untilShown(emil, ({ request, lastMessage }) => !request && lastMessage !== null);
  await untilShown(tablet, ({ request, lastMessage }) => !request && lastMessage !== null);
});

test("a program is shown what is a request, and is told and says everything as before", async () => {
  await using bot = await signUp(server.url, "bot");
  await using gus = await signUp(server.url, "gus");
  const typing = collect(gus, "typing");
  const receipts = collect(gus, "receipt");
  const { chatId, id } = await write(gus, bot, "help");
  await untilShown(bot, ({ request }) => request);
  await bot.sendTyping(chatId);
  await typing.until((seen) => seen.length === 1);
  await bot.markRead(chatId, id);
  await receipts.until((seen) => seen.some(({ state }) => state === "read"));
});

test("conversations from before there were requests are none where something was read, and are where nothing was", async () => {
  await using hedy = await signUp(server.url, "hedy");
  await using ivan = await signUp(server.url, "ivan");
  const { chatId, id } = await write(ivan, hedy, "seen, and not answered");
  await hedy.markRead(chatId, id);
  await using device = await signInQuietly("hedy");
  expect(await untilShown(device, () => true)).toMatchObject({ request: false });

  await using jon = await signUp(server.url, "jon");
  await write(ivan, jon, "never looked at");
  await using other = await signInQuietly("jon");
  expect(await untilShown(other, () => true)).toMatchObject({ request: true });
});
